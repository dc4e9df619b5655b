//! One writer at a time: who it is, what a killed one leaves, and folders that may not be written.

use std::fs;

use super::support::Fixture;
use crate::error::index_error;
use crate::publish::lock;
use crate::{BuildError, Disk};

#[test]
fn a_second_writer_is_told_who_writes() {
    let fixture = Fixture::new();
    fixture.build();
    let held = lock(&fixture.layout(), &Disk::default()).unwrap();
    let error = fixture.try_build().unwrap_err();
    let BuildError::Locked { holder: Some(holder), .. } = &error else { panic!("{error}") };
    assert_eq!(holder.process, std::process::id());
    assert!(error.to_string().contains("has been writing this index since 2"), "{error}");
    drop(held);
    let left = fs::read(fixture.layout().lock_path()).unwrap();
    assert!(left.is_empty(), "an index that nobody writes says that somebody does");
    fixture.build();
}

#[test]
fn what_a_dead_writer_left_is_no_obstacle() {
    let mut fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\ntext");
    fixture.options.rebuild = true;
    fs::create_dir(&fixture.options.index).unwrap();
    let notes = [
        &br#"{"process":1,"host":"elsewhere","since":"2020-01-01T00:00:00Z"}"#[..],
        b"\x1b]0;nonsense\x07 \xff\xfe",
        &[b'['; 100_000],
        b"",
    ];
    for (note, number) in notes.into_iter().zip(1..) {
        fs::write(fixture.layout().lock_path(), note).unwrap();
        assert_eq!(fixture.build().generation, number);
        assert!(fs::read(fixture.layout().lock_path()).unwrap().is_empty());
    }
}

#[test]
fn nonsense_in_the_note_of_a_writer_is_not_repeated() {
    let fixture = Fixture::new();
    fixture.build();
    let held = lock(&fixture.layout(), &Disk::default()).unwrap();
    for note in ["\u{1b}[31mrun this\u{7}", r#"{"process":7,"host":"\u001b[2J","since":0}"#] {
        fs::write(fixture.layout().lock_path(), note).unwrap();
        let error = fixture.try_build().unwrap_err();
        assert!(matches!(error, BuildError::Locked { holder: None, .. }), "{error}");
        assert!(
            error.to_string().ends_with("another undex is writing this index; wait for it to end")
        );
    }
    drop(held);
}

#[test]
#[cfg(unix)]
fn nothing_outside_is_written_through_the_lock() {
    let fixture = Fixture::new();
    fs::create_dir(&fixture.options.index).unwrap();
    let outside = fixture.path("outside.txt");
    fixture.write("outside.txt", "UNDEX/A/1 en\nyears of work");
    let before = fs::read(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, fixture.layout().lock_path()).unwrap();
    let error = fixture.try_build().unwrap_err();
    assert!(error.to_string().contains("no plain file; remove it"), "{error}");
    fs::remove_file(fixture.layout().lock_path()).unwrap();
    fs::hard_link(&outside, fixture.layout().lock_path()).unwrap();
    fixture.build();
    assert_eq!(fs::read(&outside).unwrap(), before);
}

#[test]
fn a_folder_that_may_not_be_written_is_told() {
    let fixture = Fixture::new();
    let path = &fixture.options.index;
    for kind in [std::io::ErrorKind::PermissionDenied, std::io::ErrorKind::ReadOnlyFilesystem] {
        let error = index_error(path)(kind.into());
        assert!(matches!(error, BuildError::NotAllowed { owner: None, .. }), "{error}");
        assert!(error.to_string().contains("give another folder with --index"), "{error}");
    }
}

#[test]
#[cfg(unix)]
fn a_folder_without_the_right_to_write_is_told_and_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new();
    let path = &fixture.options.index;
    fs::create_dir(path).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o555)).unwrap();
    // The administrator may write all the same.
    if fs::write(path.join(".probe"), "").is_err() {
        let error = fixture.try_build().unwrap_err();
        assert!(matches!(error, BuildError::NotAllowed { .. }), "{error}");
        assert_eq!(fs::read_dir(path).unwrap().count(), 0);
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}
