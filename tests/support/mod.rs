//! A private folder for one test, and the real program run in it with a cleaned environment.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub(crate) mod archive;
pub(crate) mod corpus;
pub(crate) mod diff;
pub(crate) mod kills;
pub(crate) mod links;
/// The server that plays the sources of `undex fetch`, as the tests of its crate have it.
#[path = "../../crates/fetch/tests/loopback/mod.rs"]
pub(crate) mod loopback;
#[cfg(unix)]
pub(crate) mod pty;
pub(crate) mod readers;
pub(crate) mod real;
pub(crate) mod score;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// A run that takes longer hangs. The slowest, in debug on a busy machine, takes a tenth of it.
const PATIENCE: Duration = Duration::from_secs(120);

/// The folder of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of its own for a test; it goes when the test ends.
pub(crate) struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::Builder::new().prefix("undex-test-").tempdir().unwrap() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, with the folders it needs.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).unwrap();
    }

    /// The program with its arguments, not yet started: no variable but `PATH`, no terminal.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("undex"));
        command.env_clear();
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        command.args(arguments).current_dir(self.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Run {
        self.run_with(arguments, &[])
    }

    /// Runs the program to its end with variables of the environment.
    pub(crate) fn run_with<A: AsRef<OsStr>>(
        &self,
        arguments: &[A],
        variables: &[(&str, &str)],
    ) -> Run {
        let mut command = self.command(arguments);
        command.envs(variables.iter().copied());
        let output = assert_cmd::Command::from_std(command).timeout(PATIENCE).output().unwrap();
        Run {
            arguments: arguments.iter().map(|a| a.as_ref().to_owned()).collect(),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Every file under a folder with its content, by its path in the sandbox.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut open = vec![self.path().join(folder)];
        while let Some(folder) = open.pop() {
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for entry in entries.map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() {
                    open.push(entry.path());
                } else {
                    let name = entry.path().strip_prefix(self.path()).unwrap().to_owned();
                    files.insert(name, fs::read(entry.path()).unwrap());
                }
            }
        }
        files
    }

    /// The names of the files under a folder, which says more when a test fails than their content.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        self.files(folder).keys().map(|path| path.display().to_string()).collect()
    }
}

/// What a run of the program did.
#[derive(Debug)]
pub(crate) struct Run {
    arguments: Vec<OsString>,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Both sides of the program, for a message.
    pub(crate) fn report(&self) -> String {
        let arguments: Vec<_> = self.arguments.iter().map(|a| a.to_string_lossy()).collect();
        format!(
            "undex {}\nexit code {:?}\n--- standard output\n{}--- standard error\n{}---",
            arguments.join(" "),
            self.code,
            self.stdout,
            self.stderr
        )
    }

    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert!(self.code == Some(code), "expected exit code {code}\n{}", self.report());
        self
    }

    /// Standard output holds these words.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.stdout.contains(words), "expected output: {words}\n{}", self.report());
        self
    }

    /// Standard output does not hold these words.
    #[track_caller]
    pub(crate) fn never_says(self, words: &str) -> Self {
        assert!(!self.stdout.contains(words), "unexpected output: {words}\n{}", self.report());
        self
    }

    /// Standard error holds these words.
    #[track_caller]
    pub(crate) fn tells(self, words: &str) -> Self {
        assert!(
            self.stderr.contains(words),
            "expected on standard error: {words}\n{}",
            self.report()
        );
        self
    }

    /// Nothing stands on standard output.
    #[track_caller]
    pub(crate) fn says_nothing(self) -> Self {
        assert!(self.stdout.is_empty(), "expected no output\n{}", self.report());
        self
    }

    /// Nothing stands on standard error.
    #[track_caller]
    pub(crate) fn tells_nothing(self) -> Self {
        assert!(self.stderr.is_empty(), "expected nothing on standard error\n{}", self.report());
        self
    }

    /// Standard output as JSON, one value a line.
    #[track_caller]
    pub(crate) fn json(&self) -> Vec<Value> {
        let read = |line: &str| match serde_json::from_str(line) {
            Ok(value) => value,
            Err(error) => panic!("{error} in {line}\n{}", self.report()),
        };
        self.stdout.lines().map(read).collect()
    }

    /// The one JSON value on standard output.
    #[track_caller]
    pub(crate) fn one_json(&self) -> Value {
        let mut values = self.json();
        assert!(values.len() == 1, "expected one line of JSON\n{}", self.report());
        values.remove(0)
    }
}

/// The keys of a JSON object, sorted.
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}
