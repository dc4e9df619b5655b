#![allow(clippy::all, clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]
use undex_ingest::*;
fn main() {
    let mut cat = Catalogue::default();
    let mut rep = false;
    for p in std::env::args().skip(1) {
        if p == "--repairs" {
            rep = true;
            continue;
        }
        if p.ends_with("catalogue.toml") {
            cat = Catalogue::parse(&p, &std::fs::read_to_string(&p).unwrap()).unwrap();
            continue;
        }
        let ex = Extractor::new(cat.clone(), Limits::default());
        let mut one =
            |name: &str, b: &[u8]| match ex.extract_in_process(name, b, Context::default()) {
                Ok(e) => {
                    println!("{}", serde_json::to_string(&e.document).unwrap());
                    for w in &e.document.warnings {
                        eprintln!("{name}: {}: {}", w.code, w.message);
                    }
                    if rep {
                        for r in &e.repairs {
                            eprintln!(
                                "  {} {:?} {:?} -> {:?}",
                                r.ordinal, r.kind, r.before, r.after
                            );
                        }
                        eprintln!("  undecided {:?}", e.undecided);
                    }
                }
                Err(e) => eprintln!("{e}"),
            };
        if p.ends_with(".zip") {
            let mut a = Archive::open(std::path::Path::new(&p), &Limits::default()).unwrap();
            let m = a.members().to_vec();
            for m in m {
                let b = a.read(&m).unwrap();
                one(&a.member_path(&m), &b);
            }
        } else {
            one(&p, &std::fs::read(&p).unwrap());
        }
    }
}
