//! Builds on a disk whose n-th operation fails, and what must be true of the index afterwards.

mod power;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use undex_indexer::{
    BuildError, BuildOptions, BuildReport, Disk, Faults, Operation, Silent, Verdict, build,
};
use undex_schema::{Generation, Layout, MANIFEST, MANIFEST_SUMS, OpenError};

/// Operations at the end of a build, about, that put it in use.
const PUBLISHING: usize = 30;

/// A build that takes longer hangs; the slowest takes a hundredth of it.
const PATIENCE: Duration = Duration::from_secs(60);

/// What goes wrong at the n-th operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// It fails, as on a broken disk, and the next ones do not.
    Broken,
    /// The disk is full from here on; what is there can still be read and removed.
    Full,
    /// Half of a write is done, and the disk is full from here on.
    Short,
    /// The program dies.
    Crash,
    /// The power fails: the content of what was not made safe is lost.
    Power,
    /// The power fails, and with it go the names that were not made safe; the latest stays where the build
    /// did not succeed, for disks may write in another order.
    PowerAndNames,
}

impl Kind {
    pub(crate) const ALL: [Self; 6] =
        [Self::Broken, Self::Full, Self::Short, Self::Crash, Self::Power, Self::PowerAndNames];

    /// For figures.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Full => "full",
            Self::Short => "short",
            Self::Crash => "crash",
            Self::Power => "power",
            Self::PowerAndNames => "power-and-names",
        }
    }

    /// What becomes of an operation that is the first to suffer it, or comes after.
    fn verdict(self, first: bool, operation: Operation) -> Verdict {
        let needs_room = matches!(
            operation,
            Operation::CreateFolder
                | Operation::HardLink
                | Operation::Copy
                | Operation::OpenWrite
                | Operation::Write
                | Operation::Rename
        );
        let broken = || Verdict::Fail(io::Error::from_raw_os_error(5));
        let full = || Verdict::Fail(io::Error::from_raw_os_error(28));
        match self {
            Self::Broken if first => broken(),
            Self::Crash | Self::Power | Self::PowerAndNames => broken(),
            Self::Short if first && operation == Operation::Write => Verdict::Short,
            Self::Full | Self::Short if first || needs_room => full(),
            _ => Verdict::Proceed,
        }
    }
}

/// Counts operations, and lets something go wrong at one of them.
#[derive(Debug)]
struct At {
    count: AtomicUsize,
    /// None to count only.
    fault: Option<(Kind, usize)>,
    /// What was done.
    journal: Mutex<Vec<(Operation, PathBuf)>>,
}

impl At {
    fn new(fault: Option<(Kind, usize)>) -> Self {
        Self { count: AtomicUsize::new(0), fault, journal: Mutex::default() }
    }
}

impl Faults for At {
    fn before(&self, operation: Operation, path: &Path) -> Verdict {
        let number = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        let verdict = match self.fault {
            Some((kind, at)) if number >= at => kind.verdict(number == at, operation),
            _ => Verdict::Proceed,
        };
        if matches!(verdict, Verdict::Proceed) {
            self.journal.lock().unwrap().push((operation, path.to_owned()));
        }
        verdict
    }
}

/// A corpus, an index of its earlier state, and the digests of both.
pub(crate) struct Case {
    folder: tempfile::TempDir,
    /// The digest of the index as it was; none when there was none.
    old: Option<String>,
    new: String,
    /// Operations of the build that brings the index up to date.
    pub(crate) operations: usize,
}

/// What a fault did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Effect {
    /// Whether the build ended with an error.
    pub(crate) failed: bool,
    /// Whether the index is the new one afterwards.
    pub(crate) is_new: bool,
}

/// What the faults of many builds did, by kind.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) faults: BTreeMap<Kind, usize>,
    /// The index as it was, or none where there was none.
    pub(crate) old: usize,
    pub(crate) new: usize,
    /// Builds that ended with an error.
    pub(crate) errors: usize,
    /// What must not be, with the kind and number of the fault.
    pub(crate) lost: Vec<String>,
}

impl Case {
    /// A document changes, one comes, one goes.
    pub(crate) fn update() -> Self {
        let case = Self::empty();
        for number in 0..4 {
            case.write(number, "The words of before.");
        }
        case.build("base", Disk::default()).unwrap();
        case.write(0, "Other words than before.");
        case.write(4, "Words that were nowhere.");
        fs::remove_file(case.folder.path().join("corpus/1.md")).unwrap();
        case.measured()
    }

    /// The first build.
    pub(crate) fn first() -> Self {
        let case = Self::empty();
        for number in 0..3 {
            case.write(number, "The words of the beginning.");
        }
        case.measured()
    }

    /// The first build of documents that do not all fit into the memory of the build.
    pub(crate) fn large() -> Self {
        let case = Self::empty();
        for number in 0..8 {
            case.write(number, &"Words that take much room. ".repeat(8_000));
        }
        case.measured()
    }

    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        Self { folder, old: None, new: String::new(), operations: 0 }
    }

    fn write(&self, number: usize, words: &str) {
        let text =
            format!("UNDEX/A/{number}\n\n3 March 2021\n\nEnglish\n\n# Title\n\n1. {words}\n");
        fs::write(self.folder.path().join(format!("corpus/{number}.md")), text).unwrap();
    }

    /// Counts the operations of the build, and sees what it should give.
    fn measured(mut self) -> Self {
        let base = Layout::new(self.folder.path().join("base"));
        self.old = base.open().ok().map(|generation| generation.manifest().digest.clone());
        let counted = Arc::new(At::new(None));
        self.copy_base("counted");
        self.new = self.build("counted", Disk::failing(counted.clone())).unwrap().digest;
        self.operations = counted.count.load(Ordering::SeqCst);
        assert_ne!(self.old.as_ref(), Some(&self.new));
        self
    }

    fn options(&self, index: &str, disk: Disk) -> BuildOptions {
        let folder = self.folder.path();
        let mut options = BuildOptions::new([folder.join("corpus")], folder.join(index));
        options.threads = 1;
        options.memory_bytes = 16 << 20;
        options.disk = disk;
        options
    }

    fn build(&self, index: &str, disk: Disk) -> Result<BuildReport, BuildError> {
        build(&self.options(index, disk), &Silent)
    }

    /// As [`Case::build`]; what panics or hangs is told.
    fn build_watched(
        &self,
        index: &str,
        disk: Disk,
    ) -> Result<Result<BuildReport, BuildError>, String> {
        let options = self.options(index, disk);
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            // Nobody waits any more when it took too long.
            let _ = sender.send(build(&options, &Silent));
        });
        receiver.recv_timeout(PATIENCE).map_err(|error| match error {
            mpsc::RecvTimeoutError::Timeout => "the build hangs".to_owned(),
            mpsc::RecvTimeoutError::Disconnected => "the build panicked".to_owned(),
        })
    }

    /// Every file of its own: one that is written through is seen in no other copy.
    fn copy_base(&self, index: &str) {
        let base = self.folder.path().join("base");
        if base.exists() {
            copy(&base, &self.folder.path().join(index));
        }
    }

    /// Builds with a fault, and again without. Tells what must not be.
    pub(crate) fn suffer(&self, kind: Kind, at: usize) -> Result<Effect, String> {
        let index = format!("{}-{at}", kind.name());
        let path = self.folder.path().join(&index);
        self.copy_base(&index);
        let faults = Arc::new(At::new(Some((kind, at))));
        let built = self.build_watched(&index, Disk::failing(faults.clone()))?;
        let ended = match &built {
            Ok(_) => "the build succeeded".to_owned(),
            Err(error) => format!("the build said {error:?}"),
        };
        let told = |what: String| format!("{ended}; {what}");
        let power = matches!(kind, Kind::Power | Kind::PowerAndNames);
        if power {
            let base = self.folder.path().join("base");
            let journal = faults.journal.lock().unwrap();
            let at_risk = power::Unsafe::after(&journal, &path, &base);
            // What a build says is done must be safe to the last name.
            let spared = match kind {
                Kind::PowerAndNames => usize::from(built.is_err()),
                _ => usize::MAX,
            };
            at_risk.lose(spared, &path, &base);
        }
        let found = digest(&path).map_err(told)?;
        let is_new = found.as_ref() == Some(&self.new);
        if !is_new && found != self.old {
            return Err(told(format!("the index is neither old nor new: {found:?}")));
        }
        let should_be_new = matches!(built, Ok(_) | Err(BuildError::NotSafe { .. }));
        // What was not yet safe may be there all the same when the power fails.
        let lost = should_be_new && built.is_ok() && !is_new;
        if (is_new != should_be_new && !power) || lost {
            return Err(told(format!("the index is new: {is_new}")));
        }
        let again = self.build_watched(&index, Disk::default())?;
        let again = again.map_err(|error| told(format!("the next build: {error}")))?;
        let found =
            digest(&path).map_err(|error| told(format!("after the next build: {error}")))?;
        if again.digest != self.new || found.as_ref() != Some(&self.new) {
            return Err(told("the next build gives something else".to_owned()));
        }
        let left = leftovers(&path);
        if !left.is_empty() {
            return Err(told(format!("left after the next build: {left:?}")));
        }
        fs::remove_dir_all(path).unwrap();
        Ok(Effect { failed: built.is_err(), is_new })
    }

    /// Each fault in turn, on so many threads.
    pub(crate) fn suffer_all(&self, faults: &[(Kind, usize)], threads: usize) -> Figures {
        let next = AtomicUsize::new(0);
        let figures = Mutex::new(Figures::default());
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some((kind, at)) = faults.get(next.fetch_add(1, Ordering::SeqCst)) {
                        let effect = self.suffer(*kind, *at);
                        figures.lock().unwrap().count(*kind, *at, effect);
                    }
                });
            }
        });
        figures.into_inner().unwrap()
    }

    /// Every kind at every operation.
    pub(crate) fn every_fault(&self) -> Vec<(Kind, usize)> {
        let each = |at| Kind::ALL.into_iter().map(move |kind| (kind, at));
        (1..=self.operations).flat_map(each).collect()
    }

    /// One kind at every operation, each kind at every sixth; and the power fails at each of the last ones,
    /// where the order of what is made safe decides.
    pub(crate) fn each_operation(&self) -> Vec<(Kind, usize)> {
        let kinds = Kind::ALL.into_iter().cycle();
        let publishing = self.operations.saturating_sub(PUBLISHING)..=self.operations;
        let power = publishing.flat_map(|at| {
            [Kind::Power, Kind::PowerAndNames].into_iter().map(move |kind| (kind, at))
        });
        kinds.zip(1..=self.operations).chain(power).collect()
    }
}

impl Figures {
    fn count(&mut self, kind: Kind, at: usize, effect: Result<Effect, String>) {
        *self.faults.entry(kind).or_default() += 1;
        match effect {
            Ok(effect) => {
                self.old += usize::from(!effect.is_new);
                self.new += usize::from(effect.is_new);
                self.errors += usize::from(effect.failed);
            }
            Err(what) => self.lost.push(format!("{} at {at}: {what}", kind.name())),
        }
    }
}

/// The digest of the index in a folder, all of whose generations in use or before are whole.
fn digest(index: &Path) -> Result<Option<String>, String> {
    let layout = Layout::new(index);
    let generation = match layout.open() {
        Ok(generation) => generation,
        Err(OpenError::Missing { .. }) => return Ok(None),
        Err(error) => return Err(error.to_string()),
    };
    check(&generation)?;
    for number in layout.generations().map_err(|error| error.to_string())? {
        // One after it was completed, but is not in use.
        if number < generation.manifest().generation {
            let before = layout.open_generation(number).map_err(|error| error.to_string())?;
            check(&before)?;
        }
    }
    Ok(Some(generation.manifest().digest.clone()))
}

/// Every file is as the manifest says, and there are no others.
fn check(generation: &Generation) -> Result<(), String> {
    let damage = generation.manifest().check_files(generation.path());
    if let Some(damage) = damage.first() {
        return Err(damage.to_string());
    }
    let known: Vec<&str> =
        generation.manifest().files.iter().map(|file| file.name.as_str()).collect();
    let unknown = names(generation.path())
        .into_iter()
        .find(|name| name != MANIFEST && name != MANIFEST_SUMS && !known.contains(&name.as_str()));
    unknown.map_or(Ok(()), |name| Err(format!("{name} does not belong to the generation")))
}

/// What a build should not leave.
fn leftovers(index: &Path) -> Vec<String> {
    let unfinished = |name: &String| name.starts_with("tmp-");
    let mut left: Vec<String> = names(index).into_iter().filter(unfinished).collect();
    left.extend(names(&index.join("extractions")).into_iter().filter(unfinished));
    let generations = Layout::new(index).generations().unwrap();
    if generations.len() > 2 {
        left.push(format!("generations {generations:?}"));
    }
    left
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for name in names(from) {
        let (from, to): (PathBuf, PathBuf) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}
