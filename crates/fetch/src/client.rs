//! Requests as a polite program makes them: one at a time, with a pause between two to one host, under a
//! name, no further than the source allows.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use ureq::http::{Response, header};
use ureq::{Agent, Body, Proxy, Timeout};
use url::Url;

use crate::Trouble;
use crate::sources::{Source, has_user};

/// The name under which requests are made.
const USER_AGENT: &str = concat!("undex/", env!("CARGO_PKG_VERSION"), " (undex fetch)");

/// Redirects followed; documents.un.org and GitHub need one or two.
const REDIRECTS: u32 = 5;

/// How long a wait goes on before it looks whether to stop.
const SLICE: Duration = Duration::from_millis(50);

/// What is sent beside the address.
pub(crate) type Headers<'h> = [(header::HeaderName, &'h str)];

/// Why a request has no answer to use.
pub(crate) enum Setback {
    /// It may have one later, after this time if the source says so.
    Again(Trouble, Option<Duration>),
    /// It will have none.
    Final(Trouble),
}

/// An agent that remembers whom it asked when, and who does not want to be asked.
pub(crate) struct Client {
    agent: Agent,
    asked: HashMap<String, Instant>,
    closed: HashMap<String, String>,
    stop: Arc<AtomicBool>,
}

impl Client {
    /// A client that ends its waits when `stop` is set; the proxy is that of `HTTPS_PROXY` and its kin
    /// where the caller wants the environment heeded.
    pub(crate) fn new(proxy_from_environment: bool, stop: Arc<AtomicBool>) -> Self {
        let proxy = if proxy_from_environment { Proxy::try_from_env() } else { None };
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            // They are followed here, to hosts that are listed.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(USER_AGENT)
            .proxy(proxy)
            .build()
            .new_agent();
        Self { agent, asked: HashMap::new(), closed: HashMap::new(), stop }
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// One request with its redirects, to an answer that is no redirect and no plea to come later.
    pub(crate) fn request(
        &mut self,
        source: &Source,
        address: &Url,
        headers: &Headers<'_>,
        head_only: bool,
    ) -> Result<Response<Body>, Setback> {
        let mut url = address.clone();
        for _ in 0..=REDIRECTS {
            if !source.allows(&url) {
                return Err(Setback::Final(Trouble::Foreign {
                    host: host(&url),
                    source_name: source.name.clone(),
                }));
            }
            let response = self.exchange(source, &url, headers, head_only)?;
            match response.status().as_u16() {
                301 | 302 | 303 | 307 | 308 => url = target(&url, &response)?,
                429 | 503 => {
                    let wait = retry_after(&response, SystemTime::now());
                    return Err(Setback::Again(Trouble::Busy { host: host(&url), wait }, wait));
                }
                status @ (500 | 502 | 504) => {
                    return Err(Setback::Again(
                        Trouble::Refused { host: host(&url), status },
                        None,
                    ));
                }
                _ => return Ok(response),
            }
        }
        Err(Setback::Final(Trouble::Redirects { host: host(&url), bound: REDIRECTS }))
    }

    /// One request to one host, after the pause it is due.
    fn exchange(
        &mut self,
        source: &Source,
        url: &Url,
        headers: &Headers<'_>,
        head_only: bool,
    ) -> Result<Response<Body>, Setback> {
        let host = host(url);
        if let Some(reason) = self.closed.get(&host) {
            return Err(Setback::Final(Trouble::NotAsked { reason: reason.clone() }));
        }
        let manners = &source.manners;
        if let Some(last) = self.asked.get(&host) {
            let due = manners.pause().saturating_sub(last.elapsed());
            self.wait(due).map_err(Setback::Final)?;
        }
        if self.is_stopped() {
            return Err(Setback::Final(Trouble::Interrupted));
        }
        let address = url.as_str();
        let request = if head_only { self.agent.head(address) } else { self.agent.get(address) };
        let mut request = request
            .config()
            .timeout_resolve(Some(manners.timeout()))
            .timeout_connect(Some(manners.timeout()))
            .timeout_recv_response(Some(manners.timeout()))
            .timeout_per_read(Some(manners.timeout()))
            .timeout_recv_body(Some(manners.transfer()))
            .build();
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let answer = request.call();
        // The pause begins when the source is done with the request.
        self.asked.insert(host.clone(), Instant::now());
        answer.map_err(|error| setback(host, &error))
    }

    /// Notes that a body was read to its end, from which the pause counts.
    pub(crate) fn done_with(&mut self, address: &Url) {
        self.asked.insert(host(address), Instant::now());
    }

    /// Asks a host no more in this run.
    pub(crate) fn close(&mut self, trouble: &Trouble) {
        if let Trouble::Busy { host, .. } | Trouble::Unreachable { host, .. } = trouble {
            self.closed.insert(host.clone(), trouble.to_string());
        }
    }

    /// Asks a host no more in this run for what can be done without, whatever its trouble is.
    pub(crate) fn spare(&mut self, trouble: &Trouble) {
        if let Trouble::Busy { host, .. }
        | Trouble::Unreachable { host, .. }
        | Trouble::Refused { host, .. }
        | Trouble::Broken { host, .. } = trouble
        {
            self.closed.insert(host.clone(), trouble.to_string());
        }
    }

    /// Waits, unless it is stopped.
    pub(crate) fn wait(&self, duration: Duration) -> Result<(), Trouble> {
        let start = Instant::now();
        loop {
            if self.is_stopped() {
                return Err(Trouble::Interrupted);
            }
            let left = duration.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Ok(());
            }
            thread::sleep(left.min(SLICE));
        }
    }
}

/// The host of an address with its port, where that is not the usual one.
pub(crate) fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Where a redirect leads.
fn target(from: &Url, response: &Response<Body>) -> Result<Url, Setback> {
    let bad = |what| Setback::Final(Trouble::BadRedirect { host: host(from), what });
    let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let to =
        location.and_then(|location| from.join(location).ok()).ok_or_else(|| bad("no address"))?;
    if !matches!(to.scheme(), "http" | "https") {
        return Err(bad("an address that is no https"));
    }
    if from.scheme() == "https" && to.scheme() != "https" {
        return Err(bad("an address without encryption"));
    }
    if has_user(&to) {
        return Err(bad("an address with a password"));
    }
    Ok(to)
}

/// What `Retry-After` asks for: seconds, or a date (RFC 9110, 10.2.3).
fn retry_after(response: &Response<Body>, now: SystemTime) -> Option<Duration> {
    let value = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// What became of a request that has no answer.
fn setback(host: String, error: &ureq::Error) -> Setback {
    let reason = error.to_string();
    match error {
        // A name that nobody knows and a certificate that is not trusted are the same a second later.
        ureq::Error::HostNotFound
        | ureq::Error::Tls(_)
        | ureq::Error::Rustls(_)
        | ureq::Error::BadUri(_)
        | ureq::Error::InvalidProxyUrl
        | ureq::Error::Http(_) => Setback::Final(Trouble::Unreachable { host, reason }),
        ureq::Error::ConnectionFailed
        | ureq::Error::ConnectProxyFailed(_)
        | ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
            Setback::Again(Trouble::Unreachable { host, reason }, None)
        }
        // As what a certificate that is not trusted comes, or a server that does not speak TLS.
        ureq::Error::Io(found) if found.kind() == ErrorKind::InvalidData => {
            Setback::Final(Trouble::Unreachable { host, reason })
        }
        // A name that cannot be looked up has no kind of its own, and differs between systems.
        ureq::Error::Io(found) if !is_lost_connection(found.kind()) => {
            Setback::Again(Trouble::Unreachable { host, reason }, None)
        }
        _ => Setback::Again(Trouble::Broken { host, reason }, None),
    }
}

/// Whether a connection was lost, and did come about.
fn is_lost_connection(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::TimedOut
            | ErrorKind::WouldBlock
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(name: header::HeaderName, value: &str) -> Response<Body> {
        Response::builder().header(name, value).body(Body::builder().data("")).unwrap()
    }

    #[test]
    fn a_host_without_a_connection_is_told_from_a_lost_one() {
        // (kind, whether the host is closed, whether it is asked again first)
        let table = [
            (ErrorKind::Other, true, true),
            (ErrorKind::ConnectionRefused, true, true),
            (ErrorKind::PermissionDenied, true, true),
            (ErrorKind::InvalidData, true, false),
            (ErrorKind::ConnectionReset, false, true),
            (ErrorKind::UnexpectedEof, false, true),
            (ErrorKind::TimedOut, false, true),
        ];
        for (kind, closed, again) in table {
            let error = ureq::Error::Io(std::io::Error::new(kind, "trouble"));
            let (trouble, found) = match setback("papers.example".to_owned(), &error) {
                Setback::Again(trouble, _) => (trouble, true),
                Setback::Final(trouble) => (trouble, false),
            };
            assert_eq!(matches!(trouble, Trouble::Unreachable { .. }), closed, "{kind}");
            assert_eq!(found, again, "{kind}");
        }
    }

    #[test]
    fn waits_that_servers_ask_for() {
        let now = httpdate::parse_http_date("Sun, 01 Nov 2026 10:00:00 GMT").unwrap();
        // (header, seconds, why)
        let table = [
            ("7", Some(7), "seconds"),
            ("Sun, 01 Nov 2026 10:01:30 GMT", Some(90), "a date"),
            ("Sun, 01 Nov 2026 09:00:00 GMT", Some(0), "a date that is past"),
            ("soon", None, "neither"),
            ("-1", None, "no time"),
        ];
        for (value, seconds, why) in table {
            let found = retry_after(&answer(header::RETRY_AFTER, value), now);
            assert_eq!(found.map(|wait| wait.as_secs()), seconds, "{why}");
        }
    }

    #[test]
    fn redirects_that_are_followed() {
        let from = Url::parse("https://papers.example/a/b?c").unwrap();
        // (location, where it leads)
        let table = [
            ("/d", Some("https://papers.example/d")),
            ("d", Some("https://papers.example/a/d")),
            ("//other.example/", Some("https://other.example/")),
            ("http://papers.example/", None),
            ("file:///etc/passwd", None),
            ("https://user:word@papers.example/", None),
            ("https://", None),
        ];
        for (location, expected) in table {
            let found = target(&from, &answer(header::LOCATION, location)).ok();
            assert_eq!(found.as_ref().map(Url::as_str), expected, "{location}");
        }
        assert!(target(&from, &answer(header::ETAG, "x")).is_err(), "no address at all");
    }
}
