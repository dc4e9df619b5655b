//! The organs whose resolutions and decisions prose cites by number, and what their numbers look like.

use undex_document::{Date, Symbol};

use crate::prose::number::{Act, Number, Session};

/// An organ, as prose names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Organ {
    GeneralAssembly,
    SecurityCouncil,
    EconomicAndSocialCouncil,
    TrusteeshipCouncil,
    HumanRightsCouncil,
    /// The Commission on Human Rights, which the Human Rights Council replaced in 2006.
    CommissionOnHumanRights,
    /// The United Nations Environment Assembly.
    EnvironmentAssembly,
    /// The Economic and Social Commission for Asia and the Pacific.
    AsiaAndThePacific,
    /// `the Council`: which one, the shape of its numbers tells.
    Council,
    /// A body whose resolutions have no symbol of their own: a commission, a conference of parties.
    Other,
}

/// The first session of the General Assembly whose resolutions are numbered by session and a stroke.
const FIRST_STROKE_SESSION: u32 = 31;
/// The first year in which the Economic and Social Council numbered its resolutions by the year.
const FIRST_COUNCIL_YEAR: u32 = 1978;
/// More resolutions than the General Assembly adopts in a session; the fifty-sixth went beyond 500.
const MOST_ASSEMBLY_RESOLUTIONS: u32 = 600;
/// The lowest number of a decision of the General Assembly in a regular session.
const FIRST_ASSEMBLY_DECISION: u32 = 301;
/// More resolutions than the Human Rights Council adopts in a session.
const MOST_COUNCIL_RESOLUTIONS: u32 = 70;
/// The numbers of decisions of the Human Rights Council.
const COUNCIL_DECISIONS: std::ops::Range<u32> = 101..200;
/// Where the resolutions of the first thirty sessions of the General Assembly begin and end, which were
/// numbered through; rounded outwards, since the borders are not looked up but told from resolutions
/// that are often cited.
const ROMAN_SESSIONS: [(u32, u32); 30] = [
    (1, 106),
    (104, 190),
    (180, 300),
    (270, 370),
    (360, 505),
    (480, 630),
    (600, 725),
    (700, 820),
    (790, 915),
    (900, 1000),
    (990, 1150),
    (1120, 1240),
    (1230, 1350),
    (1340, 1480),
    (1470, 1630),
    (1610, 1750),
    (1740, 1880),
    (1870, 2010),
    (1990, 2020),
    (2010, 2140),
    (2130, 2250),
    (2240, 2395),
    (2380, 2500),
    (2490, 2620),
    (2610, 2755),
    (2745, 2905),
    (2900, 3060),
    (3050, 3200),
    (3200, 3365),
    (3360, 3545),
];
/// More sessions than the Environment Assembly will hold in our time.
const MOST_ENVIRONMENT_SESSIONS: u32 = 15;

impl Organ {
    /// The symbol of an act with this number, if the organ numbers its acts so.
    pub(crate) fn symbol(self, number: &Number, act: Act) -> Option<Symbol> {
        use Session::{Emergency, None as Plain, Regular, Roman, Special, Year};
        let (serial, letters) = (number.serial, number.letters.as_str());
        let series = match act {
            Act::Resolution => "RES",
            Act::Decision => "DEC",
        };
        let text = match (self, &number.session) {
            (Self::GeneralAssembly, Regular(session)) => {
                format!("A/{series}/{session}/{serial}{letters}")
            }
            (Self::GeneralAssembly, Special(session)) => {
                format!("A/{series}/S-{session}/{serial}{letters}")
            }
            (Self::GeneralAssembly, Emergency(session)) => {
                format!("A/{series}/ES-{session}/{serial}{letters}")
            }
            (Self::GeneralAssembly, Roman(session)) => {
                format!("A/{series}/{serial}{letters}({session})")
            }
            (Self::SecurityCouncil, Plain { year }) => format!("S/{series}/{serial}({year})"),
            (Self::EconomicAndSocialCouncil, Year(year)) => {
                format!("E/{series}/{year}/{serial}{letters}")
            }
            (Self::EconomicAndSocialCouncil, Roman(session)) => {
                format!("E/{series}/{serial}{letters}({session})")
            }
            (Self::TrusteeshipCouncil, Roman(session)) => {
                format!("T/{series}/{serial}{letters}({session})")
            }
            (Self::HumanRightsCouncil, Regular(session)) => {
                format!("A/HRC/{series}/{session}/{serial}")
            }
            (Self::HumanRightsCouncil, Special(session)) => {
                format!("A/HRC/{series}/S-{session}/{serial}")
            }
            (Self::CommissionOnHumanRights, Year(year)) => {
                format!("E/CN.4/{series}/{year}/{serial}")
            }
            (Self::EnvironmentAssembly, Regular(session)) if act == Act::Resolution => {
                format!("UNEP/EA.{session}/Res.{serial}")
            }
            (Self::AsiaAndThePacific, Regular(session)) if act == Act::Resolution => {
                format!("E/ESCAP/RES/{session}/{serial}")
            }
            (Self::Council, Regular(_) | Special(_)) => {
                return Self::HumanRightsCouncil.symbol(number, act);
            }
            (Self::Council, Plain { .. }) => return Self::SecurityCouncil.symbol(number, act),
            (Self::Council, Year(_) | Roman(_)) => {
                return Self::EconomicAndSocialCouncil.symbol(number, act);
            }
            _ => return None,
        };
        text.parse().ok()
    }

    /// Whether the organ may have adopted an act with this number by `year`.
    pub(crate) fn may_have(self, number: &Number, act: Act, year: Option<u32>) -> bool {
        let serial = number.serial;
        match (self, &number.session) {
            (Self::GeneralAssembly, Session::Regular(session)) => {
                let held = year.is_none_or(|year| session + 1945 <= year);
                let numbered = match act {
                    Act::Resolution => serial <= MOST_ASSEMBLY_RESOLUTIONS,
                    Act::Decision => serial >= FIRST_ASSEMBLY_DECISION,
                };
                *session >= FIRST_STROKE_SESSION && held && numbered
            }
            (Self::GeneralAssembly, Session::Roman(session)) => {
                let at = usize::try_from(session.number()).unwrap_or(usize::MAX);
                let range = at.checked_sub(1).and_then(|at| ROMAN_SESSIONS.get(at));
                session.is_special()
                    || range.is_some_and(|(first, last)| (*first..=*last).contains(&serial))
            }
            (Self::HumanRightsCouncil, Session::Regular(session)) => {
                let held = year.is_none_or(|year| council_year(*session) <= year);
                let numbered = match act {
                    Act::Resolution => serial <= MOST_COUNCIL_RESOLUTIONS,
                    Act::Decision => COUNCIL_DECISIONS.contains(&serial),
                };
                held && numbered
            }
            (Self::EconomicAndSocialCouncil, Session::Year(year)) => *year >= FIRST_COUNCIL_YEAR,
            (Self::EnvironmentAssembly, Session::Regular(session)) => {
                *session <= MOST_ENVIRONMENT_SESSIONS
            }
            (Self::Council, Session::Regular(_)) => {
                Self::HumanRightsCouncil.may_have(number, act, year)
            }
            _ => self.symbol(number, act).is_some(),
        }
    }

    /// Whether the organ met in the session of this number on this day. None where its sessions do
    /// not go by the calendar.
    pub(crate) fn met_on(self, number: &Number, date: Date) -> Option<bool> {
        let year = u32::try_from(date.year()).ok()?;
        match (self, &number.session) {
            // From September of one year to September of the next.
            (Self::GeneralAssembly, Session::Regular(session)) => {
                let opened = session + 1945;
                Some(year == opened && date.month() >= 9 || year == opened + 1 && date.month() <= 9)
            }
            (Self::HumanRightsCouncil, Session::Regular(session)) => {
                Some(year == council_year(*session))
            }
            (Self::EconomicAndSocialCouncil, Session::Year(named)) => {
                Some(named.abs_diff(year) <= 1)
            }
            (Self::SecurityCouncil, Session::None { year: named }) => Some(*named == year),
            _ => None,
        }
    }

    /// The organ whose acts a document's symbol is one of, or whose document it is.
    pub(crate) fn of(symbol: &Symbol) -> Option<Self> {
        match (symbol.root(), symbol.body()) {
            ("A", "A/HRC") => Some(Self::HumanRightsCouncil),
            ("A", _) => Some(Self::GeneralAssembly),
            ("S", _) => Some(Self::SecurityCouncil),
            ("E", "E/CN.4") => Some(Self::CommissionOnHumanRights),
            ("E", _) => Some(Self::EconomicAndSocialCouncil),
            ("T", _) => Some(Self::TrusteeshipCouncil),
            _ => None,
        }
    }
}

/// The year of a session of the Human Rights Council, which has held three a year since 2006.
fn council_year(session: u32) -> u32 {
    2005 + session.div_ceil(3)
}
