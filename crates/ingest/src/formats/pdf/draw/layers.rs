//! Layers (optional content) that are off as the file is opened.

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::super::file::{File, as_dictionary};

/// Groups of optional content that are hidden.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: HashSet<ObjectId>,
}

impl Layers {
    pub(super) fn of(file: &File<'_>) -> Self {
        Self { off: off(file).unwrap_or_default() }
    }

    /// Whether content of a group, or of a set of groups with a rule, is hidden.
    pub(super) fn hides(&self, file: &File<'_>, group: Option<&Object>) -> bool {
        if self.off.is_empty() {
            return false;
        }
        let Some(object) = group else {
            return false;
        };
        if object.as_reference().is_ok_and(|id| self.off.contains(&id)) {
            return true;
        }
        let Some(set) = file.resolve(object).and_then(as_dictionary) else {
            return false;
        };
        if !set.has_type(b"OCMD") {
            return false;
        }
        let is_off = |group: &Object| group.as_reference().is_ok_and(|id| self.off.contains(&id));
        let states: Vec<bool> = match set.get(b"OCGs") {
            Ok(Object::Array(groups)) => groups.iter().map(is_off).collect(),
            Ok(group) => match file.resolve(group) {
                Some(Object::Array(groups)) => groups.iter().map(is_off).collect(),
                _ => vec![is_off(group)],
            },
            Err(_) => return false,
        };
        if states.is_empty() {
            return false;
        }
        match file.name(set, b"P") {
            Some(b"AllOn") => states.contains(&true),
            Some(b"AnyOff") => !states.contains(&true),
            Some(b"AllOff") => states.contains(&false),
            _ => !states.contains(&false),
        }
    }
}

fn off(file: &File<'_>) -> Option<HashSet<ObjectId>> {
    let catalog = file.document.catalog().ok()?;
    let properties = file.dictionary(catalog, b"OCProperties")?;
    let default = file.dictionary(properties, b"D")?;
    let ids = |dictionary: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
        let groups = file.array(dictionary, key).unwrap_or_default();
        groups.iter().filter_map(|group| group.as_reference().ok()).collect()
    };
    let mut off: HashSet<ObjectId> = HashSet::new();
    if file.name(default, b"BaseState") == Some(b"OFF") {
        off.extend(ids(properties, b"OCGs"));
        for id in ids(default, b"ON") {
            off.remove(&id);
        }
    }
    off.extend(ids(default, b"OFF"));
    Some(off)
}
