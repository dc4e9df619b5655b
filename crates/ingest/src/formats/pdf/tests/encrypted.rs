//! Encrypted files: an empty password opens them, any other does not.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::encryption::crypt_filters::{Aes128CryptFilter, Aes256CryptFilter, CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};

use super::{HELVETICA, text_of, try_read, with_font};

const METHODS: [&str; 3] = ["RC4 of 128 bits", "AES of 128 bits", "AES of 256 bits"];

/// A page with the text `A`, locked by one of the [`METHODS`].
fn locked(method: &str, user_password: &str) -> Vec<u8> {
    let mut builder = with_font(HELVETICA, "BT /F 10 Tf 100 700 Td (A) Tj ET");
    builder.trailer("/ID [<0123456789abcdef> <0123456789abcdef>]");
    let mut document = Document::load_mem(&builder.build()).unwrap();
    let filters = |filter: Arc<dyn CryptFilter>| BTreeMap::from([(b"StdCF".to_vec(), filter)]);
    let (owner_password, permissions) = ("owner", Permissions::default());
    let state = match method {
        "RC4 of 128 bits" => EncryptionState::try_from(EncryptionVersion::V2 {
            document: &document,
            owner_password,
            user_password,
            key_length: 128,
            permissions,
        }),
        "AES of 128 bits" => EncryptionState::try_from(EncryptionVersion::V4 {
            document: &document,
            encrypt_metadata: true,
            crypt_filters: filters(Arc::new(Aes128CryptFilter)),
            stream_filter: b"StdCF".to_vec(),
            string_filter: b"StdCF".to_vec(),
            owner_password,
            user_password,
            permissions,
        }),
        _ => EncryptionState::try_from(EncryptionVersion::V5 {
            encrypt_metadata: true,
            crypt_filters: filters(Arc::new(Aes256CryptFilter)),
            file_encryption_key: &[7; 32],
            stream_filter: b"StdCF".to_vec(),
            string_filter: b"StdCF".to_vec(),
            owner_password,
            user_password,
            permissions,
        }),
    };
    document.encrypt(&state.unwrap()).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn an_empty_password_is_tried() {
    for method in METHODS {
        let pages = try_read(&locked(method, "")).unwrap();
        assert_eq!(text_of(&pages.pages[0]), "A", "{method}");
    }
}

#[test]
fn a_password_is_asked_for_by_name() {
    for method in METHODS {
        let error = try_read(&locked(method, "secret")).unwrap_err();
        assert_eq!(error.code(), "encrypted", "{method}: {error}");
    }
}
