//! What people write: a few thousand different sentences, put together once.

use std::ops::Range;

use crate::chance::{Chance, scramble};
use crate::words::{CARS, CITIES, MEN, PARTS, WOMEN};

use super::pending::Text;

/// All texts, by kind one after the other.
pub(super) struct Vocabulary {
    texts: Vec<String>,
    notes: Range<u32>,
    results: Range<u32>,
    messages_in: Range<u32>,
    messages_out: Range<u32>,
    plans: Range<u32>,
    comments: Range<u32>,
    junk: Range<u32>,
    cities: Range<u32>,
    cars: Range<u32>,
    terms: Range<u32>,
    farewells: Range<u32>,
}

impl Vocabulary {
    pub fn new() -> Vocabulary {
        let mut texts = Vec::new();
        let mut add = |more: Vec<String>| {
            let start = texts.len() as u32;
            texts.extend(more);
            start..texts.len() as u32
        };
        let parts: Vec<&str> = PARTS.iter().map(|part| part.0).collect();
        Vocabulary {
            notes: add(mixed(&[HOW, WHAT, THEN])),
            results: add(mixed(&[DONE, THEN])),
            messages_in: add(mixed(&[ASKING, &parts])),
            messages_out: add(mixed(&[ANSWERING, &parts])),
            plans: add(mixed(&[PLANS, &parts])),
            comments: add(mixed(&[WHY])),
            junk: add(mixed(&[JUNK])),
            cities: add(mixed(&[CITIES])),
            cars: add(mixed(&[CARS])),
            terms: add(mixed(&[TERMS])),
            farewells: add(mixed(&[FAREWELLS])),
            texts,
        }
    }

    pub fn get(&self, word: u32) -> &str {
        self.texts.get(word as usize).map_or("", String::as_str)
    }

    /// Appends the title of the deal whose luck this is.
    pub fn put_title(&self, text: &mut String, luck: u64) {
        let mut luck = luck;
        let mut draw = |count: usize| {
            luck = scramble(luck);
            (luck % count as u64) as usize
        };
        let (first, surnames) = if draw(2) == 0 { MEN } else { WOMEN };
        let pieces = [
            PARTS[draw(PARTS.len())].0,
            " ",
            CARS[draw(CARS.len())],
            " — ",
            first[draw(first.len())],
            " ",
            surnames[draw(surnames.len())],
            ", ",
            CITIES[draw(CITIES.len())],
        ];
        pieces.iter().for_each(|piece| text.push_str(piece));
    }

    pub fn note(&self, chance: &mut Chance, junk: u32) -> Text {
        self.unless_junk(&self.notes, chance, junk)
    }

    pub fn result(&self, chance: &mut Chance, junk: u32) -> Text {
        self.unless_junk(&self.results, chance, junk)
    }

    pub fn message_in(&self, chance: &mut Chance) -> Text {
        one(&self.messages_in, chance)
    }

    pub fn message_out(&self, chance: &mut Chance) -> Text {
        one(&self.messages_out, chance)
    }

    pub fn plan(&self, chance: &mut Chance) -> Text {
        one(&self.plans, chance)
    }

    pub fn comment(&self, chance: &mut Chance, junk: u32) -> Text {
        self.unless_junk(&self.comments, chance, junk)
    }

    pub fn farewell(&self, chance: &mut Chance) -> Text {
        one(&self.farewells, chance)
    }

    /// A value for a custom field by its place in the list of fields.
    pub fn value(&self, field: u16, chance: &mut Chance) -> Text {
        match field {
            0 => one(&self.cities, chance),
            1 => one(&self.cars, chance),
            _ => one(&self.terms, chance),
        }
    }

    fn unless_junk(&self, words: &Range<u32>, chance: &mut Chance, junk: u32) -> Text {
        let junk = chance.hit(junk);
        one(if junk { &self.junk } else { words }, chance)
    }
}

fn one(words: &Range<u32>, chance: &mut Chance) -> Text {
    Text::Word(words.start + chance.below(words.end - words.start))
}

/// Every way of taking one of each list.
fn mixed(lists: &[&[&str]]) -> Vec<String> {
    let mut all = vec![String::new()];
    for list in lists {
        let longer = |start: &String| {
            let gap = if start.is_empty() { "" } else { " " };
            let with = |end: &&str| format!("{start}{gap}{end}");
            list.iter().map(with).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

const HOW: &[&str] = &[
    "Созвонились,",
    "Поговорили по телефону,",
    "Дозвонился со второго раза,",
    "Клиент перезвонил сам,",
    "Обсудили в мессенджере и голосом,",
    "Долгий разговор,",
    "Клиент на связи,",
    "Поговорили с механиком клиента,",
    "Разговор с супругой клиента,",
    "Коротко созвонились,",
    "Клиент за рулём, но успели:",
    "Подключил склад к разговору,",
    "Клиент вежливый, опытный,",
    "Клиент торопится,",
    "Повторный покупатель,",
    "Пришёл по рекомендации,",
    "Подробно всё обсудили,",
    "После осмотра на складе:",
];
const WHAT: &[&str] = &[
    "нужна деталь под замену, своя под ремонт не идёт,",
    "сравнивает нас с двумя другими складами,",
    "просит фото, видео работы и пробег донора,",
    "по цене согласен, ждёт деньги от страховой,",
    "хочет доставку транспортной компанией до терминала,",
    "сомневается в состоянии, рассказал про гарантию 30 дней,",
    "просит скидку за два узла сразу,",
    "сначала снимут старый узел, потом решение,",
    "интересует установка у нас в сервисе,",
    "машина стоит на подъёмнике, решать надо быстро,",
    "по VIN подошли две комплектации, уточняем маркировку,",
    "готов внести предоплату 30 процентов,",
    "дорого, ищет вариант попроще без навесного,",
    "нужен безнал и закрывающие документы,",
    "просит отложить до конца недели,",
    "выбирает между контрактным и восстановленным,",
    "думает продавать машину целиком, дал оценку выкупа,",
    "согласовал цвет и комплектность,",
    "прошлой покупкой доволен,",
    "жалуется, что долго не отвечали, извинился,",
];
const THEN: &[&str] = &[
    "договорились созвониться завтра до обеда",
    "перезвонить в четверг после 15:00",
    "отправил предложение на почту",
    "скинул фото в мессенджер, жду ответ",
    "жду VIN, дальше подберу",
    "приедет смотреть в субботу утром",
    "выставил счёт, срок оплаты три дня",
    "склад готовит деталь к отправке",
    "следующий шаг — подтверждение оплаты",
    "напомнить через неделю, раньше не дёргать",
    "передал вопрос техникам, вернусь с ответом",
    "рассчитал доставку, клиент согласен",
    "ждёт звонка вечером",
    "решение примут с партнёром к пятнице",
    "забронировал до понедельника",
    "уточню остаток на втором складе",
    "оформляю договор",
    "сверить маркировку и подтвердить",
    "готов забрать сам, пропуск заказан",
    "вернёмся к разговору после зарплаты",
];
const DONE: &[&str] = &[
    "Дозвонился,",
    "Связался в мессенджере,",
    "Подобрал два варианта,",
    "Не дозвонился, написал сообщение,",
    "Отправил фото и видео,",
    "Предложение отправлено,",
    "Счёт отправлен,",
    "Согласовал скидку с руководителем,",
    "Оплата подтверждена,",
    "Осмотр состоялся,",
    "Проверил наличие,",
    "Уточнил сроки доставки,",
    "Клиент подтвердил заказ,",
    "Перенесли встречу,",
    "Клиент думает,",
    "Документы переданы,",
    "Бронь продлена,",
    "Не берёт трубку,",
    "Номер занят, перезвонил,",
    "Отдал расчёт,",
    "Договор подписан,",
    "Запчасть снята с донора,",
    "Маркировка сверена,",
    "Звонок состоялся,",
    "Обсудили рассрочку,",
    "Передал на склад,",
    "Клиент взял паузу,",
    "Замеры получены,",
    "Ответил на возражение по цене,",
    "Согласовали установку,",
    "Отправил гарантийный талон,",
    "Доставка рассчитана,",
    "Прислал VIN,",
    "Клиент выбрал вариант подороже,",
    "Напомнил об оплате,",
];
const ASKING: &[&str] = &[
    "Здравствуйте! Есть в наличии:",
    "Добрый день, сколько стоит",
    "Подскажите, пожалуйста, по объявлению:",
    "Нужно срочно,",
    "А можно фото?",
    "Какой пробег,",
    "Есть доставка?",
    "Гарантия какая на позицию",
];
const ANSWERING: &[&str] = &[
    "Здравствуйте! Да, есть:",
    "Добрый день! Отправляю фото,",
    "Цена с гарантией 30 дней,",
    "Уточните, пожалуйста, VIN,",
    "Готово к отправке:",
    "Напоминаю про бронь,",
    "Рассчитал доставку,",
    "Проверили на складе,",
];
const PLANS: &[&str] = &[
    "Связаться с клиентом:",
    "Перезвонить,",
    "Отправить предложение,",
    "Узнать решение,",
    "Напомнить об оплате,",
    "Согласовать осмотр,",
];
const WHY: &[&str] = &[
    "Нашёл дешевле на соседнем складе, нашу цену перебили",
    "Починил старый узел, замена больше не нужна",
    "Продал машину, вопрос снят",
    "Три дня не отвечает ни на звонки, ни на сообщения",
    "Нужной комплектации у нас нет и не ожидается",
    "Не устроил срок доставки в его город",
    "Искал новую деталь, с разбора не берёт",
    "Ошибся номером, запчасти не нужны",
    "Обращение уже есть в другой сделке",
    "Не устроил пробег донора",
    "Отложил ремонт до весны, просил не звонить",
    "Страховая взяла ремонт на себя",
];
const JUNK: &[&str] = &[
    "+",
    "-",
    ".",
    "ок",
    "готово",
    "сделано",
    "да",
    "нет",
    "ааааа",
    "123",
];
const TERMS: &[&str] = &[
    "на этой неделе",
    "в течение месяца",
    "до 20 тысяч",
    "20–50 тысяч",
    "50–100 тысяч",
    "свыше 100 тысяч",
    "после зарплаты",
    "как можно скорее",
];
const FAREWELLS: &[&str] = &[
    "Ушёл к другому поставщику",
    "Закрыл мастерскую",
    "Недоволен сроками",
    "Не сказал почему",
];
