//! The one table of who may do what: each deed, each access, and how far it reaches.
//!
//! Nothing else in the program decides about rights. A use case asks [`Actor::reach`] or
//! [`Actor::whose`] first and narrows what it reads and changes by the answer. What depends on the
//! thing itself (nobody judges a dispute of their own) is the use case's business.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Via};
use crate::error::Error;

use Reach::{All as A, Group as G, None as N, Own as O};

/// What somebody may see and do in a company. Their job is their role, which is another matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Sees and mends what is theirs.
    Employee,
    /// Leads a group and works off its list.
    Lead,
    /// Receives what quality control found, passes it on and answers disputes.
    Coordinator,
    /// Assesses calls and deals, adds findings by hand.
    Specialist,
    /// Head of sales.
    Head,
    /// Director.
    Director,
    /// Keeps connections, people and settings; does not read findings.
    Administrator,
    /// Answers for the relation with clients.
    ClientManager,
    /// Asks clients what they think.
    Interviewer,
    /// A mystery shopper.
    Shopper,
}

impl Access {
    /// Every access, in the order of the table's columns.
    pub const ALL: [Access; 10] = [
        Access::Employee,
        Access::Lead,
        Access::Coordinator,
        Access::Specialist,
        Access::Head,
        Access::Director,
        Access::Administrator,
        Access::ClientManager,
        Access::Interviewer,
        Access::Shopper,
    ];

    /// Its name in files, in the store and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Access::Employee => "employee",
            Access::Lead => "lead",
            Access::Coordinator => "coordinator",
            Access::Specialist => "specialist",
            Access::Head => "head",
            Access::Director => "director",
            Access::Administrator => "administrator",
            Access::ClientManager => "client_manager",
            Access::Interviewer => "interviewer",
            Access::Shopper => "shopper",
        }
    }

    /// The access of that name.
    pub fn of_name(name: &str) -> Option<Access> {
        Access::ALL.into_iter().find(|access| access.name() == name)
    }
}

/// How far a deed reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Not at all.
    None,
    /// What is one's own.
    Own,
    /// One's own and that of the groups that one leads.
    Group,
    /// The whole company.
    All,
}

/// What a token is good for; it only ever narrows what its person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Reading.
    Read,
    /// Sending events.
    Events,
    /// Deciding on findings and lost deals.
    Decide,
    /// People, regulations, settings.
    Manage,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Scope; 4] = [Scope::Read, Scope::Events, Scope::Decide, Scope::Manage];

    /// Its name in the store and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Events => "events",
            Scope::Decide => "decide",
            Scope::Manage => "manage",
        }
    }

    /// The scope of that name.
    pub fn of_name(name: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// What a deed is for, by which tokens are narrowed.
type Kind = Option<Scope>;

const READ: Kind = Some(Scope::Read);
const EVENTS: Kind = Some(Scope::Events);
const DECIDE: Kind = Some(Scope::Decide);
const MANAGE: Kind = Some(Scope::Manage);
/// For somebody who is logged in, never for a token: a leaked token must not beget others.
const PERSON: Kind = None;

/// Makes the deeds and their table, so that no deed can be without its line.
macro_rules! deeds {
    ($($(#[$doc:meta])* $deed:ident $name:literal $kind:ident $row:tt)*) => {
        /// Something that a person or a program wants to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Deed { $($(#[$doc])* $deed,)* }

        impl Deed {
            /// Every deed, in the order of the table.
            pub const ALL: &[Deed] = &[$(Deed::$deed,)*];

            /// Its name in messages and in the journal.
            pub fn name(self) -> &'static str {
                match self { $(Deed::$deed => $name,)* }
            }

            /// What a token must be good for to do it; none: tokens never do it.
            pub fn scope(self) -> Option<Scope> {
                match self { $(Deed::$deed => $kind,)* }
            }

            fn row(self) -> [Reach; 10] {
                match self { $(Deed::$deed => $row,)* }
            }
        }
    };
}

// Columns: employee, lead, coordinator, specialist, head, director, administrator,
// client manager, interviewer, shopper.
deeds! {
    /// See findings and what became of them.
    SeeFindings "see findings" READ                      [O, G, A, A, A, A, N, N, N, N]
    /// Acknowledge a finding with its cause.
    Acknowledge "acknowledge a finding" DECIDE           [O, G, A, N, A, A, N, N, N, N]
    /// Dispute a finding.
    Dispute "dispute a finding" DECIDE                   [O, G, A, N, A, A, N, N, N, N]
    /// Decide on a dispute, never of one's own.
    JudgeDispute "judge a dispute" DECIDE                [N, N, A, N, A, A, N, N, N, N]
    /// Open a finding again that was settled.
    Reopen "reopen a finding" DECIDE                     [N, N, A, N, A, A, N, N, N, N]
    /// Take back one's own last decision on a finding, within seconds.
    TakeBack "take a decision back" DECIDE               [O, G, A, N, A, A, N, N, N, N]
    /// Pass on, reword or exempt what was found by hand.
    PassOn "pass on findings made by hand" DECIDE        [N, N, A, N, A, A, N, N, N, N]
    /// Add a finding by hand.
    AddFinding "add a finding by hand" DECIDE            [N, G, A, A, A, A, N, A, N, N]
    /// Look at deals for quality control, one after the other.
    Review "look at deals for quality control" DECIDE    [N, N, A, A, A, A, N, N, N, N]
    /// See what was looked at and how long that took: one's own looking, or everybody's.
    SeeReviews "see what was looked at" READ             [N, N, A, O, A, A, N, N, N, N]
    /// See exemptions and how much each hides.
    SeeExemptions "see exemptions" READ                  [O, G, A, A, A, A, N, N, N, N]
    /// Record that something is not to be paid attention to, and end that.
    Exempt "make and end exemptions" DECIDE              [N, N, A, N, A, A, N, N, N, N]
    /// Put a rule back from advice, or leave it there.
    DecideStanding "decide on a rule's standing" DECIDE  [N, N, N, N, A, A, N, N, N, N]
    /// See figures: lights, counts, funnel.
    SeeFigures "see figures" READ                        [O, G, A, A, A, A, N, A, N, N]
    /// See reports of weeks and months: those on oneself, on one's group, or all.
    SeeReports "see reports" READ                        [O, G, A, A, A, A, N, N, N, N]
    /// Make reports, change their words, and send them.
    WriteReports "write and send reports" DECIDE         [N, N, A, A, A, A, N, N, N, N]
    /// See what people are to reach, and how far they are.
    SeeGoals "see goals" READ                            [O, G, A, N, A, A, N, N, N, N]
    /// Set what others are to reach.
    SetGoals "set goals" DECIDE                          [N, G, A, N, A, A, N, N, N, N]
    /// See checks of lost deals.
    SeeLostDeals "see checks of lost deals" READ         [N, G, A, A, A, A, N, N, N, N]
    /// Decide on a lost deal.
    DecideLostDeals "decide on lost deals" DECIDE        [N, G, N, N, A, A, N, N, N, N]
    /// See deals and their events.
    ReadHistory "read the history" READ                  [O, G, A, A, A, A, N, A, N, N]
    /// Take the whole history and findings out.
    ExportHistory "export the history" READ              [N, N, N, N, A, A, A, N, N, N]
    /// Send events and history folders in.
    SendEvents "send events" EVENTS                      [N, N, N, N, N, N, A, N, N, N]
    /// See employees, groups, shifts and absences.
    SeeEmployees "see employees and groups" READ         [O, G, A, A, A, A, A, A, N, N]
    /// Change employees, groups, shifts and absences.
    ManageEmployees "manage employees and groups" MANAGE [N, N, N, N, A, A, A, N, N, N]
    /// Read the regulation.
    ReadRegulation "read the regulation" READ            [A, A, A, A, A, A, A, A, N, N]
    /// Put new versions of the regulation in force.
    ManageRegulation "manage the regulation" MANAGE      [N, N, N, N, A, A, A, N, N, N]
    /// See the company's settings.
    SeeSettings "see settings" READ                      [N, N, A, N, A, A, A, N, N, N]
    /// Change the company's settings.
    ManageSettings "manage settings" MANAGE              [N, N, N, N, N, A, A, N, N, N]
    /// See who is admitted to the company with which access.
    SeePeople "see people" READ                          [N, N, A, N, A, A, A, N, N, N]
    /// Admit people, change their access, shut them out.
    ManagePeople "manage people" MANAGE                  [N, N, N, N, N, N, A, N, N, N]
    /// See, make and revoke tokens: one's own, or everybody's.
    Tokens "manage tokens" PERSON                        [O, O, O, O, O, O, A, O, O, O]
    /// See the journal of what was done.
    SeeJournal "see the journal" READ                    [N, N, N, N, N, A, A, N, N, N]
    /// See jobs and deliveries that failed.
    SeeJobs "see failed jobs" READ                       [N, N, N, N, N, A, A, N, N, N]
    /// Try failed jobs and deliveries again, or drop them.
    ManageJobs "manage failed jobs" MANAGE               [N, N, N, N, N, N, A, N, N, N]
    /// See one's own notices.
    SeeNotices "see notices" READ                        [O, O, O, O, O, O, O, O, O, O]
    /// Say how one is reached outside the program.
    Addresses "change one's own addresses" PERSON        [O, O, O, O, O, O, O, O, O, O]
    /// See group chats and webhooks that messages go to.
    SeeChats "see group chats and webhooks" READ         [N, N, N, N, N, A, A, N, N, N]
    /// Link and cut group chats and webhooks.
    ManageChats "manage group chats and webhooks" PERSON [N, N, N, N, N, N, A, N, N, N]
    /// Choose how to be told.
    ChooseTelling "choose how to be told" PERSON         [O, O, O, O, O, O, O, O, O, O]
    /// Pause the notices of others, or of the whole company.
    PauseNotices "pause notices" DECIDE                  [N, G, A, N, A, A, A, N, N, N]
    /// See what people leave lying.
    SeeUnhandled "see what lies unanswered" READ         [N, N, N, N, A, A, N, N, N, N]
    /// Keep lists of one's own under names.
    SaveLists "save lists" PERSON                        [O, O, O, O, O, O, O, O, O, O]
}

impl Deed {
    /// How far this deed reaches for somebody of this access who is there in person.
    pub fn reach(self, access: Access) -> Reach {
        self.row()[access as usize]
    }
}

/// Whose things a deed may touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One employee's.
    Employee(String),
    /// Those of the members of these groups, and one's own.
    Groups {
        /// The groups that are led.
        groups: BTreeSet<String>,
        /// The employee who leads them.
        employee: String,
    },
    /// Everybody's in the company.
    Everyone,
}

impl Actor {
    /// How far a deed reaches for this actor; an error where it does not reach at all.
    pub fn reach(&self, deed: Deed) -> Result<Reach, Error> {
        let scoped = match (&self.via, deed.scope()) {
            (Via::Session, _) => true,
            (Via::Token(scopes), Some(scope)) => scopes.contains(&scope),
            (Via::Token(_), None) => false,
        };
        match deed.reach(self.access) {
            Reach::None => Err(Error::Denied(deed)),
            reach if scoped => Ok(reach),
            _ => Err(Error::OutOfScope(deed)),
        }
    }

    /// Whose things a deed may touch, where things belong to employees. Somebody who stands for no
    /// employee has nothing of their own.
    pub fn whose(&self, deed: Deed) -> Result<Whose, Error> {
        let reach = self.reach(deed)?;
        match (reach, &self.employee) {
            (Reach::All, _) => Ok(Whose::Everyone),
            (Reach::Group, Some(employee)) => Ok(Whose::Groups {
                groups: self.groups.clone(),
                employee: employee.clone(),
            }),
            (Reach::Own, Some(employee)) => Ok(Whose::Employee(employee.clone())),
            (_, None) => Err(Error::NoEmployee),
            (Reach::None, _) => Err(Error::Denied(deed)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(access: Access, via: Via) -> Actor {
        Actor {
            person: "p1".into(),
            name: "Сотрудник 1".into(),
            company: "c1".into(),
            access,
            employee: Some("e1".into()),
            groups: BTreeSet::from(["north".to_string()]),
            via,
        }
    }

    #[test]
    fn names_lead_back_to_what_they_name() {
        for access in Access::ALL {
            assert_eq!(Access::of_name(access.name()), Some(access));
            let json = serde_json::to_string(&access).expect("a name");
            assert_eq!(json, format!("\"{}\"", access.name()));
        }
        for scope in Scope::ALL {
            assert_eq!(Scope::of_name(scope.name()), Some(scope));
        }
        let names: BTreeSet<_> = Deed::ALL.iter().map(|deed| deed.name()).collect();
        assert_eq!(names.len(), Deed::ALL.len());
    }

    /// What the description of users demands, apart from the table's own form.
    #[test]
    fn the_table_holds_what_users_were_promised() {
        use Access::*;
        let expected = [
            (Employee, Deed::SeeFindings, Reach::Own),
            (Employee, Deed::Acknowledge, Reach::Own),
            (Employee, Deed::Dispute, Reach::Own),
            (Employee, Deed::JudgeDispute, Reach::None),
            (Employee, Deed::SeeEmployees, Reach::Own),
            (Lead, Deed::SeeFindings, Reach::Group),
            (Lead, Deed::SeeFigures, Reach::Group),
            (Lead, Deed::JudgeDispute, Reach::None),
            (Coordinator, Deed::SeeFindings, Reach::All),
            (Coordinator, Deed::JudgeDispute, Reach::All),
            (Coordinator, Deed::PassOn, Reach::All),
            (Coordinator, Deed::ManageSettings, Reach::None),
            (Specialist, Deed::AddFinding, Reach::All),
            (Specialist, Deed::ReadHistory, Reach::All),
            (Specialist, Deed::JudgeDispute, Reach::None),
            (Head, Deed::DecideLostDeals, Reach::All),
            (Director, Deed::SeeFigures, Reach::All),
            (Director, Deed::SeeJournal, Reach::All),
            (Administrator, Deed::ManagePeople, Reach::All),
            (Administrator, Deed::ManageChats, Reach::All),
            (Director, Deed::ManageChats, Reach::None),
            (Administrator, Deed::ManageRegulation, Reach::All),
            (Administrator, Deed::SeeFindings, Reach::None),
            (Administrator, Deed::SeeFigures, Reach::None),
            (Shopper, Deed::SeeFindings, Reach::None),
            (Interviewer, Deed::SeeEmployees, Reach::None),
        ];
        for (access, deed, reach) in expected {
            assert_eq!(deed.reach(access), reach, "{access:?} {deed:?}");
        }
    }

    #[test]
    fn only_administrators_manage_people_and_everybody_has_tokens_of_their_own() {
        for access in Access::ALL {
            let manages = Deed::ManagePeople.reach(access) != Reach::None;
            assert_eq!(manages, access == Access::Administrator, "{access:?}");
            assert!(Deed::Tokens.reach(access) >= Reach::Own, "{access:?}");
        }
    }

    #[test]
    fn a_token_only_narrows() {
        for access in Access::ALL {
            for &deed in Deed::ALL {
                let session = actor(access, Via::Session).reach(deed).ok();
                let full = Via::Token(BTreeSet::from(Scope::ALL));
                let full = actor(access, full).reach(deed).ok();
                let empty = actor(access, Via::Token(BTreeSet::new())).reach(deed).ok();
                assert_eq!(empty, None);
                match deed.scope() {
                    None => assert_eq!(full, None, "{deed:?}"),
                    Some(scope) => {
                        assert_eq!(full, session, "{access:?} {deed:?}");
                        let one = Via::Token(BTreeSet::from([scope]));
                        assert_eq!(actor(access, one).reach(deed).ok(), session);
                        let others = Scope::ALL.into_iter().filter(|&other| other != scope);
                        let others = Via::Token(others.collect());
                        assert_eq!(actor(access, others).reach(deed).ok(), None);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_ones_own_is_that_of_ones_employee() {
        let employee = actor(Access::Employee, Via::Session);
        let own = employee.whose(Deed::SeeFindings).expect("allowed");
        assert_eq!(own, Whose::Employee("e1".into()));

        let lead = actor(Access::Lead, Via::Session);
        let groups = Whose::Groups {
            groups: BTreeSet::from(["north".to_string()]),
            employee: "e1".into(),
        };
        assert_eq!(lead.whose(Deed::SeeFindings).expect("allowed"), groups);

        let mut nobody = actor(Access::Employee, Via::Session);
        nobody.employee = None;
        let error = nobody.whose(Deed::SeeFindings).expect_err("nobody's");
        assert!(matches!(error, Error::NoEmployee));

        let mut director = actor(Access::Director, Via::Session);
        director.employee = None;
        let all = director.whose(Deed::SeeFindings).expect("allowed");
        assert_eq!(all, Whose::Everyone);
    }
}
