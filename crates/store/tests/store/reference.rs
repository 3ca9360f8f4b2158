use std::sync::Arc;

use history::write::{
    AbsenceRow, ClientRow, ContactRow, EmployeeRow, GroupRow, MembershipRow, StageRow, TeamRow,
};
use history::{Account, Reference};
use store::reference;
use store::{Store, StoreError, on_both, testing};

on_both!(
    the_tables_come_back_as_they_were_given,
    one_person_is_changed_in_its_place,
    an_id_twice_is_refused_and_nothing_changes,
);

fn employee(id: &str, name: &str) -> EmployeeRow {
    EmployeeRow {
        id: id.to_owned(),
        name: name.to_owned(),
        group: "g".to_owned(),
        role: "seller".to_owned(),
        active: id != "e1",
        hired: "2024-02-29".to_owned(),
        ..EmployeeRow::default()
    }
}

fn membership(employee: &str, from: &str) -> MembershipRow {
    MembershipRow {
        employee: employee.to_owned(),
        group: "g".to_owned(),
        from: from.to_owned(),
        ..MembershipRow::default()
    }
}

fn absence(employee: &str, from: &str) -> AbsenceRow {
    AbsenceRow {
        employee: employee.to_owned(),
        from: from.to_owned(),
        kind: "sick".to_owned(),
        ..AbsenceRow::default()
    }
}

fn account(name: &str) -> Account {
    Account {
        name: name.to_owned(),
        timezone: "Europe/Samara".to_owned(),
        currency: "KZT".to_owned(),
    }
}

/// More rows than one statement takes, in no order of their ids.
fn full() -> Reference {
    let text = |word: &str, i: usize| format!("{word}{}", (i * 7) % 50);
    Reference {
        account: account("Одна"),
        groups: (0..3)
            .map(|i| GroupRow {
                id: text("g", i),
                name: "Группа".to_owned(),
                lead: text("e", i),
            })
            .collect(),
        employees: (0..50).map(|i| employee(&text("e", i), "Имя")).collect(),
        memberships: (0..45).map(|i| membership("e1", &text("", i))).collect(),
        absences: (0..45).map(|i| absence("e2", &text("", i))).collect(),
        stages: (0..25)
            .map(|i| StageRow {
                pipeline: "p".to_owned(),
                stage: text("s", i),
                sort: -(i as i64),
                kind: "open".to_owned(),
                ..StageRow::default()
            })
            .collect(),
        clients: (0..25)
            .map(|i| ClientRow {
                id: text("c", i),
                large: i % 2 == 0,
                ..ClientRow::default()
            })
            .collect(),
        contacts: (0..25)
            .map(|i| ContactRow {
                id: text("k", i),
                phone: "+7".to_owned(),
                ..ContactRow::default()
            })
            .collect(),
        team: (0..25)
            .map(|i| TeamRow {
                client: text("c", i),
                from: "2026-01-01".to_owned(),
                ..TeamRow::default()
            })
            .collect(),
    }
}

async fn the_tables_come_back_as_they_were_given(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let mut tx = store.begin().await.unwrap();
    reference::replace(&mut tx, &company, &full())
        .await
        .unwrap();
    // Once more changes nothing; another company's tables are its own.
    reference::replace(&mut tx, &company, &full())
        .await
        .unwrap();
    let nobody = Reference {
        account: account("Другая"),
        ..Reference::default()
    };
    reference::replace(&mut tx, &other, &nobody).await.unwrap();
    tx.commit().await.unwrap();
    let mut reader = store.reader().await.unwrap();
    assert_eq!(
        reference::load(&mut reader, &company).await.unwrap(),
        full()
    );
    let empty = reference::load(&mut reader, &other).await.unwrap();
    assert_eq!(empty, nobody);
}

async fn one_person_is_changed_in_its_place(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let other = testing::company(&store, "other").await;
    let mut expected = full();
    let mut tx = store.begin().await.unwrap();
    for company in [&company, &other] {
        reference::replace(&mut tx, company, &expected)
            .await
            .unwrap();
    }
    let (changed, new) = (employee("e7", "Новое имя"), employee("new", "Новый"));
    let group = GroupRow {
        id: "g7".to_owned(),
        name: "Другая".to_owned(),
        lead: String::new(),
    };
    for row in [&changed, &new] {
        reference::set_employee(&mut tx, &company, row)
            .await
            .unwrap();
    }
    reference::set_group(&mut tx, &company, &group)
        .await
        .unwrap();
    let moved = [membership("e7", ""), membership("e7", "2026-03-01")];
    reference::set_memberships(&mut tx, &company, "e7", &moved)
        .await
        .unwrap();
    reference::set_absences(&mut tx, &company, "e2", &[absence("e2", "1")])
        .await
        .unwrap();
    let wrong = reference::set_absences(&mut tx, &company, "e7", &[absence("e2", "1")]).await;
    assert!(matches!(wrong, Err(StoreError::Unreadable { .. })));
    tx.commit().await.unwrap();

    let place = expected.employees.iter().position(|row| row.id == "e7");
    expected.employees[place.unwrap()] = changed.clone();
    expected.employees.push(new);
    expected.groups[1] = group;
    expected.memberships.extend(moved.clone());
    expected.absences = vec![absence("e2", "1")];
    let mut reader = store.reader().await.unwrap();
    assert_eq!(
        reference::load(&mut reader, &company).await.unwrap(),
        expected
    );
    assert_eq!(reference::load(&mut reader, &other).await.unwrap(), full());
    let found = reference::employee(&mut reader, &company, "e7").await;
    assert_eq!(found.unwrap(), Some(changed));
    let found = reference::memberships(&mut reader, &company, "e7").await;
    assert_eq!(found.unwrap(), moved);
    let found = reference::absences(&mut reader, &company, "e2").await;
    assert_eq!(found.unwrap(), expected.absences);
}

async fn an_id_twice_is_refused_and_nothing_changes(store: Arc<Store>) {
    let company = testing::company(&store, "one").await;
    let mut tx = store.begin().await.unwrap();
    reference::replace(&mut tx, &company, &full())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let twice = Reference {
        employees: vec![employee("e1", "a"), employee("e1", "b")],
        ..Reference::default()
    };
    let mut tx = store.begin().await.unwrap();
    let error = reference::replace(&mut tx, &company, &twice).await;
    let error = error.unwrap_err();
    assert_eq!(error.to_string(), "employee \"e1\" stands already");
    let long = employee(&"я".repeat(251), "a");
    let error = reference::set_employee(&mut tx, &company, &long).await;
    let error = error.unwrap_err().to_string();
    assert!(
        error.ends_with("has 502 bytes; it may have at most 500"),
        "{error}"
    );
    tx.rollback().await.unwrap();
    let mut reader = store.reader().await.unwrap();
    assert_eq!(
        reference::load(&mut reader, &company).await.unwrap(),
        full()
    );
}
