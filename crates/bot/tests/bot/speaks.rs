//! What people say to the bot, and what it does.

use std::sync::Arc;
use std::time::Duration;

use app::chats::{self, Gets, Use};
use app::life::office::{self, Office};
use app::telling::{self, Site};
use app::{Actor, addresses};
use sandbox::telegram::Fault;
use store::{Store, on_both};

use crate::desk::{ANNA, BORIS, Desk, STRANGER};

on_both!(
    a_stranger_learns_nothing,
    a_chat_is_linked_by_a_code_and_cut_by_a_word,
    today_is_what_the_page_lists,
    a_finding_is_acknowledged_with_its_cause_by_buttons,
    a_finding_is_disputed_by_an_answer,
    nobody_reaches_a_finding_of_somebody_else,
    what_is_told_again_is_done_once,
    a_group_is_linked_and_left,
    a_group_gets_its_note_once_in_its_topic,
    who_asks_without_end_is_not_answered,
    a_bot_that_hears_nothing_goes_on_later,
    one_process_listens_at_a_time,
);

async fn a_stranger_learns_nothing(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    let finding = desk.finding("e-anna").await;
    for text in ["Здравствуйте", "/today", "/start", "/help"] {
        desk.emulator.says(STRANGER, text);
    }
    let heard = desk.heard(STRANGER, 4).await;
    for one in &heard {
        assert!(one.text.contains("не знаю, кто вы"), "{}", one.text);
        assert!(one.buttons.is_empty());
    }
    desk.emulator.says(STRANGER, "/start ABCD-EFGH-JKLM");
    let heard = desk.heard(STRANGER, 5).await;
    assert!(heard[4].text.contains("не подошёл"), "{}", heard[4].text);
    let data = format!("ack:{}", finding.id);
    desk.emulator.presses(STRANGER, STRANGER, 1, &data);
    let (said, alert) = desk.answered(1).await;
    assert!(alert && said.contains("свяжите"), "{said}");
    assert_eq!(desk.decided(&finding).await, []);
    desk.emulator.speak("de");
    desk.emulator.says(STRANGER, "Guten Tag");
    let heard = desk.heard(STRANGER, 6).await;
    assert!(heard[5].text.starts_with("Hello"), "{}", heard[5].text);
}

async fn a_chat_is_linked_by_a_code_and_cut_by_a_word(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    desk.link("p-anna", ANNA).await;
    let heard = desk.heard(ANNA, 1).await;
    assert!(
        heard[0].text.contains("Готово, Имя p-anna"),
        "{}",
        heard[0].text
    );
    // In the language of their profile, whatever their Telegram speaks.
    desk.link("p-boris", BORIS).await;
    let heard = desk.heard(BORIS, 1).await;
    assert!(heard[0].text.starts_with("Done, "), "{}", heard[0].text);
    desk.emulator.says(ANNA, "/stop");
    let heard = desk.heard(ANNA, 2).await;
    assert!(heard[1].text.contains("не пишу"), "{}", heard[1].text);
    let holder = addresses::holder(&desk.store, ANNA).await.unwrap();
    assert!(holder.is_none());
    let holder = addresses::holder(&desk.store, BORIS).await.unwrap();
    assert_eq!(holder.unwrap().id, "p-boris");
    // The way out is known to the pages.
    let outlets = addresses::outlets(&desk.store, desk.now()).await.unwrap();
    assert_eq!(outlets[0].name, sandbox::telegram::BOT);
}

async fn today_is_what_the_page_lists(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    desk.link("p-anna", ANNA).await;
    let finding = desk.finding("e-anna").await;
    desk.emulator.says(ANNA, "/today");
    desk.quiet().await;
    let heard = desk.emulator.received(ANNA);
    assert!(
        heard[1].text.contains("https://qc.example.org/mine"),
        "{}",
        heard[1].text
    );
    assert!(heard[1].text.contains("вашего ответа") || heard[1].text.contains("Вашего ответа"));
    let page = format!("https://qc.example.org/findings/{}", finding.id);
    let one = heard.iter().find(|one| one.text.contains(&page)).unwrap();
    assert!(
        one.text.contains("Сделка: Окна <b>"),
        "as text: {}",
        one.text
    );
    let buttons = one.buttons.concat();
    let data: Vec<&str> = buttons.iter().map(|(_, data)| data.as_str()).collect();
    let id = &finding.id;
    let expected = [
        format!("ack:{id}"),
        format!("cause:{id}"),
        format!("dispute:{id}"),
    ];
    assert_eq!(data, expected);
    assert!(
        !heard.iter().any(|one| one.text.contains("Двери")),
        "Boris's is not hers"
    );
    desk.quiet().await;
    // It was told: the term for a dispute runs.
    let mut reader = desk.store.reader().await.unwrap();
    let all = store::decisions::of(&mut reader, &desk.company, &[id])
        .await
        .unwrap();
    assert_eq!((&*all[0].made, &*all[0].text), ("told", "telegram"));

    // Who stands for no employee has nothing of their own.
    desk.link("p-head", 103).await;
    desk.emulator.says(103, "/today");
    let heard = desk.heard(103, 2).await;
    assert!(
        heard[1].text.contains("не связан с сотрудником"),
        "{}",
        heard[1].text
    );
}

async fn a_finding_is_acknowledged_with_its_cause_by_buttons(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    desk.link("p-anna", ANNA).await;
    let finding = desk.finding("e-anna").await;
    let id = &finding.id;
    desk.emulator.says(ANNA, "/today");
    desk.quiet().await;
    let heard = desk.emulator.received(ANNA);
    let shown = heard
        .iter()
        .find(|one| one.text.contains(id.as_str()))
        .unwrap();
    desk.emulator
        .presses(ANNA, ANNA, shown.message, &format!("ack:{id}"));
    let (said, alert) = desk.answered(1).await;
    assert!(!alert && said.starts_with("Принято"), "{said}");
    desk.quiet().await;
    let decided = desk.decided(&finding).await;
    assert_eq!(decided.len(), 1);
    assert_eq!(
        (&*decided[0].made, &*decided[0].cause),
        ("acknowledged", "other")
    );
    assert_eq!(decided[0].author, "p-anna");

    // The buttons are the causes now.
    let heard = desk.emulator.received(ANNA);
    let shown = heard
        .iter()
        .find(|one| one.message == shown.message)
        .unwrap();
    let buttons = shown.buttons.concat();
    assert_eq!(buttons.len(), 6);
    assert_eq!(buttons[1], ("Перегрузка".to_owned(), format!("c1:{id}")));
    desk.emulator
        .presses(ANNA, ANNA, shown.message, &buttons[1].1);
    let (said, _) = desk.answered(2).await;
    assert!(said.contains("Перегрузка"), "{said}");
    desk.emulator
        .presses(ANNA, ANNA, shown.message, &format!("ack:{id}"));
    let (said, _) = desk.answered(3).await;
    assert_eq!(said, "Уже принято.");
    let decided = desk.decided(&finding).await;
    assert_eq!(decided.len(), 2);
    assert_eq!(&*decided[1].cause, "overload");
}

async fn a_finding_is_disputed_by_an_answer(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    desk.link("p-anna", ANNA).await;
    let finding = desk.finding("e-anna").await;
    let data = format!("dispute:{}", finding.id);
    desk.emulator.presses(ANNA, ANNA, 1, &data);
    let heard = desk.heard(ANNA, 2).await;
    let question = heard[1].clone();
    assert!(
        question.asks && question.text.contains("Почему замечание неверно"),
        "{question:?}"
    );
    desk.answered(1).await;
    // What is no answer to the question disputes nothing.
    desk.emulator.says(ANNA, "Клиент просил не звонить");
    desk.heard(ANNA, 3).await;
    desk.emulator.replies(ANNA, question.message, "  ");
    let heard = desk.heard(ANNA, 4).await;
    assert!(heard[3].text.contains("Нужен текст"), "{}", heard[3].text);
    assert_eq!(desk.decided(&finding).await, []);
    // Nor an answer of somebody else to the same message.
    desk.link("p-boris", BORIS).await;
    desk.emulator.replies(BORIS, question.message, "Not mine");
    desk.heard(BORIS, 2).await;
    assert_eq!(desk.decided(&finding).await, []);

    desk.emulator
        .replies(ANNA, question.message, "Клиент просил не звонить");
    let heard = desk.heard(ANNA, 5).await;
    assert!(
        heard[4].text.contains("Возражение принято"),
        "{}",
        heard[4].text
    );
    let decided = desk.decided(&finding).await;
    assert_eq!(
        (&*decided[0].made, &*decided[0].text),
        ("disputed", "Клиент просил не звонить")
    );
    desk.emulator.replies(ANNA, question.message, "ещё раз");
    let heard = desk.heard(ANNA, 6).await;
    assert!(heard[5].text.contains("уже закрыт"), "{}", heard[5].text);
    desk.emulator.presses(ANNA, ANNA, 1, &data);
    let (said, alert) = desk.answered(2).await;
    assert!(alert && said.contains("нельзя"), "{said}");
    assert_eq!(desk.decided(&finding).await.len(), 1);
}

async fn nobody_reaches_a_finding_of_somebody_else(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    desk.link("p-anna", ANNA).await;
    let foreign = desk.finding("e-boris").await;
    let mut pressed = 0;
    for what in ["ack", "cause", "c0", "dispute"] {
        desk.emulator
            .presses(ANNA, ANNA, 1, &format!("{what}:{}", foreign.id));
        pressed += 1;
        let (said, alert) = desk.answered(pressed).await;
        assert!(alert && said.contains("не ваше"), "{what}: {said}");
    }
    for data in ["ack:no-such", "decide:x", "", "ack"] {
        desk.emulator.presses(ANNA, ANNA, 1, data);
        pressed += 1;
        let (_, alert) = desk.answered(pressed).await;
        assert!(alert, "{data}");
    }
    desk.quiet().await;
    assert_eq!(desk.decided(&foreign).await, []);
    assert_eq!(desk.emulator.received(ANNA).len(), 1, "nothing was asked");

    // Who was shut out is nobody any more.
    let own = desk.finding("e-anna").await;
    let mut tx = desk.store.begin().await.unwrap();
    let admission = store::admissions::get(&mut tx, &desk.company, "p-anna")
        .await
        .unwrap();
    let mut admission = admission.unwrap();
    admission.disabled = true;
    store::admissions::update(&mut tx, &admission)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    desk.emulator
        .presses(ANNA, ANNA, 1, &format!("ack:{}", own.id));
    let (said, _) = desk.answered(pressed + 1).await;
    assert!(said.contains("не ваше"), "{said}");
    assert_eq!(desk.decided(&own).await, []);
}

async fn what_is_told_again_is_done_once(store: Arc<Store>) {
    let mut desk = Desk::new(store).await;
    desk.link("p-anna", ANNA).await;
    let finding = desk.finding("e-anna").await;
    desk.quiet().await;
    // It dies after it has decided and before it could confirm: the emulator still has the update.
    desk.emulator
        .fails("getUpdates", Fault::Refused(502, "Bad Gateway"));
    let update = desk
        .emulator
        .presses(ANNA, ANNA, 1, &format!("c0:{}", finding.id));
    desk.answered(1).await;
    desk.begin_again(Some(update)).await;
    desk.quiet().await;
    assert_eq!(desk.decided(&finding).await.len(), 1);

    // What was dealt with is not dealt with again by the next one.
    let answered = desk.emulator.answered().len();
    desk.begin_again(None).await;
    desk.emulator.says(ANNA, "/help");
    desk.heard(ANNA, 2).await;
    assert_eq!(desk.emulator.answered().len(), answered);
}

/// The head, as an administrator.
async fn administrator(desk: &Desk) -> Actor {
    let mut tx = desk.store.begin().await.unwrap();
    let admission = store::admissions::get(&mut tx, &desk.company, "p-head")
        .await
        .unwrap();
    let mut admission = admission.unwrap();
    admission.access = "administrator".to_owned();
    store::admissions::update(&mut tx, &admission)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    desk.actor("p-head").await
}

async fn a_group_gets_its_note_once_in_its_topic(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    let group = -1001;
    let admin = administrator(&desk).await;
    let code = chats::code(&desk.store, &admin, desk.now()).await.unwrap();
    let link = format!("/link@{} {}", sandbox::telegram::BOT, code.shown());
    desk.emulator.says_in(group, Some(7), STRANGER, &link);
    desk.heard(group, 1).await;
    let chat = chats::list(&desk.store, &admin).await.unwrap().remove(0);
    let wanted = Use {
        about: "north".to_owned(),
        gets: Gets {
            daily: true,
            ..Gets::default()
        },
        language: "ru".to_owned(),
    };
    {
        let audit = desk.audits.read(&desk.company, desk.now()).await.unwrap();
        let office = Office::of(audit.live(), office::clocks(audit.live()));
        let wanted = (chat.id.as_str(), &wanted);
        chats::change(&desk.store, &admin, office, wanted, desk.now())
            .await
            .unwrap();
    }
    for _ in 0..2 {
        let site = Site("https://qc.example.org");
        telling::round(&desk.audits, &desk.company, site, desk.now())
            .await
            .unwrap();
        desk.carry_to_groups().await;
    }
    let heard = desk.heard(group, 2).await;
    assert_eq!((heard.len(), heard[1].thread), (2, Some(7)), "{heard:?}");
    let said = &heard[1].text;
    assert!(said.contains("Заметка на 2"), "{said}");
    for private in ["Сотрудник", "Окна", "Двери"] {
        assert!(!said.contains(private), "{private}: {said}");
    }
}

async fn a_group_is_linked_and_left(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    let group = -1001;
    let admin = administrator(&desk).await;
    let code = chats::code(&desk.store, &admin, desk.now()).await.unwrap();
    // What people say in a group is none of the bot's business.
    desk.emulator
        .says_in(group, Some(7), STRANGER, "всем привет");
    desk.emulator.says_in(group, Some(7), STRANGER, "/today");
    desk.emulator
        .says_in(group, Some(7), STRANGER, "/link@other_bot ABCD-EFGH-JKLM");
    let link = format!("/link@{} {}", sandbox::telegram::BOT, code.shown());
    desk.emulator.says_in(group, Some(7), STRANGER, &link);
    let heard = desk.heard(group, 1).await;
    assert!(heard[0].text.contains("Окна Плюс"), "{}", heard[0].text);
    assert_eq!(heard[0].thread, Some(7));
    let all = chats::list(&desk.store, &admin).await.unwrap();
    assert_eq!((all.len(), all[0].chat, all[0].thread), (1, group, Some(7)));
    assert_eq!(&*all[0].title, "Отдел продаж");
    desk.emulator.says_in(group, None, STRANGER, &link);
    let heard = desk.heard(group, 2).await;
    assert!(heard[1].text.contains("не подошёл"), "{}", heard[1].text);

    desk.emulator.kicks(group);
    desk.quiet().await;
    let all = chats::list(&desk.store, &admin).await.unwrap();
    assert!(
        all[0].off_at.is_some() && all[0].why.contains("removed"),
        "{all:?}"
    );
}

async fn who_asks_without_end_is_not_answered(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    for _ in 0..40 {
        desk.emulator.says(STRANGER, "/help");
    }
    desk.quiet().await;
    let heard = desk.emulator.received(STRANGER).len();
    assert!((10..=12).contains(&heard), "{heard}");
    // And codes are not guessed.
    for _ in 0..9 {
        desk.emulator.says(BORIS, "/start ABCD-EFGH-JKLM");
    }
    desk.quiet().await;
    let heard = desk.heard(BORIS, 9).await;
    assert!(heard[4].text.contains("не подошёл") && heard[8].text.contains("Слишком часто"));
}

async fn a_bot_that_hears_nothing_goes_on_later(store: Arc<Store>) {
    let desk = Desk::new(store).await;
    desk.emulator.fails("getUpdates", Fault::Gateway);
    desk.emulator.says(STRANGER, "раз");
    desk.heard(STRANGER, 1).await;
    desk.emulator.fails("sendMessage", Fault::Unanswered);
    desk.emulator.says(STRANGER, "два");
    desk.emulator.says(STRANGER, "три");
    // The second answer arrived, though nobody knows; it is not given twice.
    let heard = desk.heard(STRANGER, 3).await;
    desk.quiet().await;
    assert_eq!(heard.len(), 3);
    assert_eq!(desk.emulator.received(STRANGER).len(), 3);
}

async fn one_process_listens_at_a_time(store: Arc<Store>) {
    use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
    let at_work = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let now = Arc::new(AtomicI64::new(0));
    let mut workers = Vec::new();
    for _ in 0..3 {
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let (store, at_work, most, now) =
            (store.clone(), at_work.clone(), most.clone(), now.clone());
        let task = tokio::spawn(async move {
            let clock: delivery::Clock = Arc::new(move || now.load(Ordering::SeqCst));
            let begin = |mut ended: tokio::sync::watch::Receiver<bool>| {
                let (at_work, most) = (at_work.clone(), most.clone());
                async move {
                    let number = at_work.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(number, Ordering::SeqCst);
                    let _ = ended.wait_for(|ended| *ended).await;
                    at_work.fetch_sub(1, Ordering::SeqCst);
                }
            };
            bot::while_held(&store, "telegram", &clock, begin, stopped).await;
        });
        workers.push((stop, task));
    }
    for _ in 0..100 {
        if at_work.load(Ordering::SeqCst) == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(at_work.load(Ordering::SeqCst), 1);
    for (stop, task) in workers {
        stop.send_replace(true);
        task.await.unwrap();
    }
    assert_eq!(most.load(Ordering::SeqCst), 1);
    assert_eq!(at_work.load(Ordering::SeqCst), 0);
    let mut tx = store.begin().await.unwrap();
    assert!(
        store::leases::take(&mut tx, "telegram", "next", 0, 1)
            .await
            .unwrap(),
        "given back"
    );
}
