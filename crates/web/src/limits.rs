//! How often somebody may try to log in.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use app::accounts::Secret;
use governor::clock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;
use crate::problem::{Kind, Problem};

/// Tries of one login at once, and then one every so many seconds.
const LOGIN: (u32, u64) = (10, 30);
/// Tries from one address at once (an office comes from one), and then one every so many seconds.
const ADDRESS: (u32, u64) = (60, 2);
/// Keys kept before those that are long forgiven are cleared away.
const KEPT: usize = 10_000;

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, Ticks, NoOpMiddleware<Duration>>;

/// Counts tries by login and by address.
pub(crate) struct Limits {
    logins: Limiter<String>,
    addresses: Limiter<IpAddr>,
}

impl Limits {
    /// Nobody has tried yet.
    pub fn new(clock: &Clock) -> Limits {
        Limits {
            logins: limiter(LOGIN, clock),
            addresses: limiter(ADDRESS, clock),
        }
    }

    /// Counts a try to come in as somebody from somewhere. A login is counted whether anybody has
    /// it or not.
    pub fn login(&self, login: &str, address: Option<IpAddr>) -> Result<(), Problem> {
        self.link(address)?;
        // The digest has one length, however long what was sent as a login.
        let login = Secret::shown(app::accounts::fold(login)).digest("limit");
        check(&self.logins, login)
    }

    /// Counts a try to come in by a link. Links cannot be guessed; this keeps the store quiet.
    pub fn link(&self, address: Option<IpAddr>) -> Result<(), Problem> {
        match address {
            Some(address) => check(&self.addresses, network(address)),
            None => Ok(()),
        }
    }
}

fn limiter<K: Hash + Eq + Clone>((burst, seconds): (u32, u64), clock: &Clock) -> Limiter<K> {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(Duration::from_secs(seconds))
        .unwrap_or(Quota::per_minute(burst))
        .allow_burst(burst);
    RateLimiter::hashmap_with_clock(quota, Ticks(clock.clone()))
}

fn check<K: Hash + Eq + Clone>(limiter: &Limiter<K>, key: K) -> Result<(), Problem> {
    if limiter.len() > KEPT {
        limiter.retain_recent();
    }
    limiter.check_key(&key).map_err(|not_until| {
        let now = clock::Clock::now(limiter.clock());
        let wait = not_until.wait_time_from(now).as_secs() + 1;
        Problem::new(
            Kind::TooMany,
            format!("too many tries; wait {wait} seconds"),
        )
        .retry(wait)
    })
}

/// Who has an IPv6 address has a whole network of them.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.into(),
            None => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
        },
        v4 => v4,
    }
}

/// The server's clock as the limiter reads it.
#[derive(Clone)]
struct Ticks(Clock);

impl clock::Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(self.0.now().try_into().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    fn limits() -> (Limits, Arc<AtomicI64>) {
        let now = Arc::new(AtomicI64::new(1_700_000_000_000));
        let told = now.clone();
        let clock = Clock::from_fn(move || told.load(Ordering::Relaxed));
        (Limits::new(&clock), now)
    }

    #[test]
    fn a_login_has_ten_tries_and_then_one_every_half_minute() {
        let (limits, now) = limits();
        for _ in 0..10 {
            assert!(limits.login("Ivanov", None).is_ok());
        }
        let refused = limits.login(" ivanov", None).expect_err("one too many");
        assert_eq!(refused.kind(), Kind::TooMany);
        assert!(limits.login("petrov", None).is_ok());
        now.fetch_add(31_000, Ordering::Relaxed);
        assert!(limits.login("ivanov", None).is_ok());
        assert!(limits.login("ivanov", None).is_err());
    }

    #[test]
    fn an_address_is_counted_over_all_logins() {
        let (limits, _) = limits();
        let from = |text: &str| Some(text.parse().expect("an address"));
        for i in 0..60 {
            let address = format!("2001:db8::{i}");
            assert!(limits.login(&format!("u{i}"), from(&address)).is_ok());
        }
        assert!(limits.login("u61", from("2001:db8::ffff")).is_err());
        assert!(limits.login("u61", from("2001:db8:1::1")).is_ok());
        assert!(limits.login("u61", from("192.0.2.1")).is_ok());
    }
}
