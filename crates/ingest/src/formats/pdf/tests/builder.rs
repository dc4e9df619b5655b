//! Makes PDF files: objects, streams and pages as they are given, with a table that is right.
//!
//! It uses the standard library only, so that tests elsewhere can include it by its path.

/// A file in the making. Object 1 is the catalog, object 2 the root of the pages.
pub(crate) struct Builder {
    /// The bodies of objects, from object 1 on; empty ones are reserved.
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    catalog: String,
    tree: String,
    trailer: String,
}

const CATALOG: usize = 1;
const TREE: usize = 2;

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            objects: vec![Vec::new(); TREE],
            pages: Vec::new(),
            catalog: String::new(),
            tree: "/MediaBox [0 0 600 800]".to_owned(),
            trailer: String::new(),
        }
    }

    /// The number of an object whose body comes later.
    pub(crate) fn reserve(&mut self) -> usize {
        self.objects.push(Vec::new());
        self.objects.len()
    }

    /// Gives a reserved object its body.
    pub(crate) fn set(&mut self, number: usize, body: impl AsRef<[u8]>) {
        self.objects[number - 1] = body.as_ref().to_vec();
    }

    /// Adds an object; gives its number.
    pub(crate) fn object(&mut self, body: impl AsRef<[u8]>) -> usize {
        let number = self.reserve();
        self.set(number, body);
        number
    }

    /// Adds a stream with entries of its dictionary beside its length.
    pub(crate) fn stream(&mut self, entries: &str, data: impl AsRef<[u8]>) -> usize {
        let data = data.as_ref();
        let mut body = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.object(body)
    }

    /// Adds a page with entries of its dictionary and its content.
    pub(crate) fn page(&mut self, entries: &str, content: impl AsRef<[u8]>) -> usize {
        let content = self.stream("", content);
        self.page_of(&format!("{entries} /Contents {content} 0 R"))
    }

    /// Adds a page with all entries of its dictionary but type and parent.
    pub(crate) fn page_of(&mut self, entries: &str) -> usize {
        let page = self.object(format!("<< /Type /Page /Parent {TREE} 0 R {entries} >>"));
        self.pages.push(page);
        page
    }

    /// Adds entries to the catalog.
    pub(crate) fn catalog(&mut self, entries: &str) -> &mut Self {
        self.catalog.push_str(entries);
        self
    }

    /// Replaces what all pages inherit: a box of 600 by 800 points.
    pub(crate) fn inherited(&mut self, entries: &str) -> &mut Self {
        entries.clone_into(&mut self.tree);
        self
    }

    /// Adds entries to the trailer.
    pub(crate) fn trailer(&mut self, entries: &str) -> &mut Self {
        self.trailer.push_str(entries);
        self
    }

    /// The file.
    pub(crate) fn build(&self) -> Vec<u8> {
        let kids: Vec<String> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
        let mut objects = self.objects.clone();
        if objects[CATALOG - 1].is_empty() {
            objects[CATALOG - 1] =
                format!("<< /Type /Catalog /Pages {TREE} 0 R {} >>", self.catalog).into_bytes();
        }
        if objects[TREE - 1].is_empty() {
            let (kids, count) = (kids.join(" "), kids.len());
            objects[TREE - 1] =
                format!("<< /Type /Pages /Kids [{kids}] /Count {count} {} >>", self.tree)
                    .into_bytes();
        }
        let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for (number, body) in (1..).zip(&objects) {
            table.push_str(&format!("{:010} 00000 n \n", file.len()));
            file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            file.extend_from_slice(body);
            file.extend_from_slice(b"\nendobj\n");
        }
        let start = file.len();
        file.extend_from_slice(table.as_bytes());
        file.extend_from_slice(
            format!(
                "trailer\n<< /Size {} /Root {CATALOG} 0 R {} >>\nstartxref\n{start}\n%%EOF\n",
                objects.len() + 1,
                self.trailer
            )
            .as_bytes(),
        );
        file
    }
}
