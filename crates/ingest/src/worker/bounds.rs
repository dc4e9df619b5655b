//! The bounds that a worker sets itself.

use std::io;

use crate::Limits;

/// Sets the default bounds, before anything is read.
pub(super) fn at_start() -> io::Result<()> {
    system::at_start()?;
    set(&Limits::default())
}

/// Sets the bounds of the parent.
pub(super) fn set(limits: &Limits) -> io::Result<()> {
    system::memory(limits.worker_memory_bytes)?;
    allow_document(limits)
}

/// Gives the next document its processor time: the system counts that of the whole process.
pub(super) fn allow_document(limits: &Limits) -> io::Result<()> {
    system::processor(limits.worker_cpu_seconds)
}

#[cfg(unix)]
mod system {
    use std::io;

    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};

    pub(super) fn at_start() -> io::Result<()> {
        // What a process holds in memory is nobody's business after it died.
        bound(Resource::Core, 0)?;
        #[cfg(target_os = "linux")]
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
        Ok(())
    }

    pub(super) fn memory(bytes: u64) -> io::Result<()> {
        let bounded = bound(Resource::As, bytes);
        // Some systems know the bound and refuse to hold to it; the others are what there is then.
        if cfg!(target_os = "linux") { bounded } else { Ok(()) }
    }

    pub(super) fn processor(seconds: u64) -> io::Result<()> {
        let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
        // The second that has begun is not the next document's.
        bound(Resource::Cpu, seconds.saturating_add(used).saturating_add(1))
    }

    /// Sets the soft bound, which can be raised again, as far as the hard one allows.
    fn bound(resource: Resource, value: u64) -> io::Result<()> {
        let maximum = getrlimit(resource).maximum;
        // The highest number means no bound to the system.
        let current = match maximum {
            Some(maximum) => Some(value.min(maximum)),
            None => Some(value).filter(|value| *value < i64::MAX.unsigned_abs()),
        };
        Ok(setrlimit(resource, Rlimit { current, maximum })?)
    }
}

#[cfg(not(unix))]
mod system {
    use std::io;

    pub(super) fn at_start() -> io::Result<()> {
        Ok(())
    }

    pub(super) fn memory(_bytes: u64) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn processor(_seconds: u64) -> io::Result<()> {
        Ok(())
    }
}
