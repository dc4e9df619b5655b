//! Zip archives put together member by member, so that they can lie.

/// A member as the archive states it, and what stands there.
#[derive(Clone)]
pub(crate) struct Member {
    name: String,
    /// 0 stored, 8 deflated.
    method: u16,
    data: Vec<u8>,
    /// What it is said to be when decompressed.
    size: u32,
    crc32: u32,
}

impl Member {
    /// Stored, with a true size and checksum.
    pub(crate) fn stored(name: &str, data: &[u8]) -> Self {
        let mut crc = flate2::Crc::new();
        crc.update(data);
        Self {
            name: name.to_owned(),
            method: 0,
            data: data.to_owned(),
            size: data.len() as u32,
            crc32: crc.sum(),
        }
    }

    /// Deflate data that is said to become so many bytes.
    pub(crate) fn deflated(name: &str, data: Vec<u8>, size: u32) -> Self {
        Self { name: name.to_owned(), method: 8, data, size, crc32: 0 }
    }
}

/// Flags of a member: encrypted.
pub(crate) const ENCRYPTED: u16 = 1;

/// An archive of these members.
pub(crate) fn archive(members: &[Member]) -> Vec<u8> {
    archive_with(members, 0, members.len() as u16)
}

/// An archive with these flags on each member, said to hold so many.
pub(crate) fn archive_with(members: &[Member], flags: u16, count: u16) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let place = out.len() as u32;
        let common = common(member, flags);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(member.name.bytes());
        out.extend(&member.data);
        entry(&mut directory, member, &common, place);
    }
    finish(out, directory, count)
}

/// An archive of one member that is named so often in its directory.
pub(crate) fn overlapping(member: &Member, names: &[String]) -> Vec<u8> {
    let common_one = common(member, 0);
    let mut out = b"PK\x03\x04".to_vec();
    out.extend(&common_one);
    out.extend(member.name.bytes());
    out.extend(&member.data);
    let mut directory = Vec::new();
    for name in names {
        let named = Member { name: name.clone(), data: Vec::new(), ..member.clone() };
        let mut common = common(&named, 0);
        // The size of the data, which the copy of the member does not carry.
        common[14..18].copy_from_slice(&(member.data.len() as u32).to_le_bytes());
        entry(&mut directory, &named, &common, 0);
    }
    finish(out, directory, names.len() as u16)
}

/// What the head of a member and its entry in the directory have in common.
fn common(member: &Member, flags: u16) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(20u16.to_le_bytes());
    out.extend(flags.to_le_bytes());
    out.extend(member.method.to_le_bytes());
    out.extend([0, 0, 0x21, 0]);
    out.extend(member.crc32.to_le_bytes());
    out.extend((member.data.len() as u32).to_le_bytes());
    out.extend(member.size.to_le_bytes());
    out.extend((member.name.len() as u16).to_le_bytes());
    out.extend([0, 0]);
    out
}

fn entry(directory: &mut Vec<u8>, member: &Member, common: &[u8], place: u32) {
    directory.extend(b"PK\x01\x02\x14\x00");
    directory.extend(common);
    directory.extend([0; 2 + 2 + 2 + 4]);
    directory.extend(place.to_le_bytes());
    directory.extend(member.name.bytes());
}

fn finish(mut out: Vec<u8>, directory: Vec<u8>, count: u16) -> Vec<u8> {
    let place = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(place.to_le_bytes());
    out.extend([0, 0]);
    out
}
