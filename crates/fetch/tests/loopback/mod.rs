//! A server on this machine that plays the sources, with every trouble they may give.

#![allow(dead_code, reason = "each test program uses a part of it")]
#![allow(unreachable_pub, reason = "a test has no public interface")]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// No request, and no file.
pub const NOTHING: [&str; 0] = [];

/// What a request was.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The method and the path with its query: `GET /get?s=A`.
    pub line: String,
    /// The headers by their names in lower case.
    pub headers: HashMap<String, String>,
}

/// What is answered.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Whether the length is stated.
    length: bool,
    /// Bytes after which the connection ends, if it does not last.
    cut: Option<usize>,
    /// A wait before each byte.
    drip: Option<Duration>,
    /// Heeds conditions and ranges by this tag.
    etag: Option<String>,
}

impl Answer {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let (headers, body) = (Vec::new(), body.into());
        Self { status, headers, body, length: true, cut: None, drip: None, etag: None }
    }

    pub fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body)
    }

    pub fn empty() -> Self {
        Self::ok("")
    }

    pub fn redirect(to: &str) -> Self {
        Self::new(302, "").header("Location", to)
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Answers conditional requests, and requests for parts, by a tag.
    #[must_use]
    pub fn etag(mut self, etag: &str) -> Self {
        self.etag = Some(etag.to_owned());
        self
    }

    #[must_use]
    pub fn cut(mut self, bytes: usize) -> Self {
        self.cut = Some(bytes);
        self
    }

    #[must_use]
    pub fn drip(mut self, wait: Duration) -> Self {
        self.drip = Some(wait);
        self
    }

    #[must_use]
    pub fn without_length(mut self) -> Self {
        self.length = false;
        self
    }
}

#[derive(Default)]
struct State {
    /// Answers by path, the last again and again.
    answers: HashMap<String, Vec<Answer>>,
    asked: Vec<Asked>,
    busy: usize,
    busiest: usize,
}

/// The server; it goes on until the test program ends.
#[derive(Clone)]
pub struct Loopback {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Loopback {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = Self { address, state: Arc::default() };
        let serving = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = serving.clone();
                thread::spawn(move || server.serve(stream));
            }
        });
        server
    }

    /// `http://127.0.0.1:PORT` and a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers a path so, once each and the last one from then on.
    pub fn answer(&self, path: &str, answers: impl Into<Vec<Answer>>) -> &Self {
        self.state.lock().unwrap().answers.insert(path.to_owned(), answers.into());
        self
    }

    /// The requests so far; they are forgotten.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }

    /// The lines of the requests so far; they are forgotten.
    pub fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }

    /// The most requests that were under way at once.
    pub fn busiest(&self) -> usize {
        self.state.lock().unwrap().busiest
    }

    fn serve(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut stream = stream;
        while let Some(asked) = read(&mut reader) {
            // A tunnel of a proxy: what follows is for the server behind it, which is this one too.
            if asked.line.starts_with("CONNECT ") {
                self.state.lock().unwrap().asked.push(asked);
                let _ = stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n");
                continue;
            }
            let answer = self.choose(asked.clone());
            // Before the last byte: the client may ask again as soon as it has that.
            let mut busy = true;
            let mut done = || {
                if std::mem::take(&mut busy) {
                    self.state.lock().unwrap().busy -= 1;
                }
            };
            let _ = write(&mut stream, &asked, &answer, &mut done);
            done();
            let _ = stream.shutdown(std::net::Shutdown::Both);
            return;
        }
    }

    fn choose(&self, asked: Asked) -> Answer {
        let mut state = self.state.lock().unwrap();
        state.busy += 1;
        state.busiest = state.busiest.max(state.busy);
        let path = asked.line.split_once(' ').unwrap().1.to_owned();
        state.asked.push(asked);
        match state.answers.get_mut(&path) {
            Some(answers) if answers.len() > 1 => answers.remove(0),
            Some(answers) => answers[0].clone(),
            None => Answer::new(404, "not here"),
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Asked> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split_whitespace();
    let line = format!("{} {}", words.next()?, words.next()?);
    let mut headers = HashMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Some(Asked { line, headers })
}

fn write(
    stream: &mut TcpStream,
    asked: &Asked,
    answer: &Answer,
    done: &mut dyn FnMut(),
) -> std::io::Result<()> {
    let mut status = answer.status;
    let mut headers = answer.headers.clone();
    let mut body = answer.body.as_slice();
    if let Some(etag) = &answer.etag {
        headers.push(("ETag".to_owned(), etag.clone()));
        let is = |name: &str| asked.headers.get(name) == Some(etag);
        let range = asked.headers.get("range").filter(|_| is("if-range"));
        let start = range.and_then(|range| {
            range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok()
        });
        if is("if-none-match") {
            (status, body) = (304, b"");
        } else if let Some(start) = start.filter(|start| *start < body.len()) {
            let range = format!("bytes {start}-{}/{}", body.len() - 1, body.len());
            headers.push(("Content-Range".to_owned(), range));
            (status, body) = (206, &body[start..]);
        }
    }
    if answer.length && status != 304 {
        headers.push(("Content-Length".to_owned(), body.len().to_string()));
    }
    headers.push(("Connection".to_owned(), "close".to_owned()));
    let mut head = format!("HTTP/1.1 {status} -\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let body = match asked.line.starts_with("HEAD ") {
        true => b"",
        false => &body[..answer.cut.unwrap_or(body.len()).min(body.len())],
    };
    let Some((last, body)) = body.split_last() else {
        done();
        return stream.write_all(format!("{head}\r\n").as_bytes());
    };
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    match answer.drip {
        None => stream.write_all(body)?,
        Some(wait) => {
            for byte in body {
                stream.write_all(&[*byte])?;
                thread::sleep(wait);
            }
        }
    }
    done();
    stream.write_all(&[*last])?;
    stream.flush()?;
    // What the client still sends would reset the connection before it has read everything.
    if answer.cut.is_none() {
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
        let _ = stream.read(&mut [0]);
    }
    Ok(())
}
