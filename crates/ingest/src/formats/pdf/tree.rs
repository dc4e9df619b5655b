//! The pages of a file, with what they inherit.

use std::collections::HashSet;

use lopdf::{Dictionary, Object};

use super::file::{File, as_dictionary};
use super::matrix::{Matrix, Rect};
use crate::ExtractError;

/// A page not yet drawn.
#[derive(Clone, Copy)]
pub(super) struct Leaf<'a> {
    pub dictionary: &'a Dictionary,
    pub resources: Option<&'a Dictionary>,
    media: Option<[f32; 4]>,
    crop: Option<[f32; 4]>,
    rotate: i64,
}

/// A sheet of letter paper, for pages without a usable box.
const DEFAULT_BOX: [f32; 4] = [0.0, 0.0, 612.0, 792.0];
/// The smallest side, in points, of a box taken as a page.
const SMALLEST_SIDE: f32 = 1.0;
/// The largest side, in points: the format's own bound.
const LARGEST_SIDE: f32 = 14_400.0;

impl Leaf<'_> {
    /// The page's size and the matrix from its user space to points from the top left.
    pub(super) fn geometry(&self, file: &File<'_>) -> (f32, f32, Matrix) {
        let media = usable(self.media).unwrap_or(Rect::new(DEFAULT_BOX));
        let page = usable(self.crop)
            .map(|crop| crop.intersection(&media))
            .filter(|page| page.width() >= SMALLEST_SIDE && page.height() >= SMALLEST_SIDE)
            .unwrap_or(media);
        let Rect { x0, y0, x1, y1 } = page;
        let unit = file
            .number(self.dictionary, b"UserUnit")
            .filter(|unit| (0.01..=1000.0).contains(unit))
            .unwrap_or(1.0);
        let turned = match self.rotate.rem_euclid(360) {
            90 => Matrix::new([0.0, 1.0, 1.0, 0.0, -y0, -x0]),
            180 => Matrix::new([-1.0, 0.0, 0.0, 1.0, x1, -y0]),
            270 => Matrix::new([0.0, -1.0, -1.0, 0.0, y1, x1]),
            _ => Matrix::new([1.0, 0.0, 0.0, -1.0, -x0, y1]),
        };
        let matrix = turned.then(&Matrix { a: unit, d: unit, ..Matrix::IDENTITY });
        let (width, height) = (page.width() * unit, page.height() * unit);
        if self.rotate.rem_euclid(180) == 90 {
            (height, width, matrix)
        } else {
            (width, height, matrix)
        }
    }
}

fn usable(sides: Option<[f32; 4]>) -> Option<Rect> {
    let page = Rect::new(sides?);
    let fits = |side: f32| (SMALLEST_SIDE..=LARGEST_SIDE).contains(&side);
    (fits(page.width()) && fits(page.height())).then_some(page)
}

/// All pages in order. A node met twice is left out the second time.
pub(super) fn leaves<'a>(file: &'a File<'_>) -> Result<Vec<Leaf<'a>>, ExtractError> {
    let mut leaves = Vec::new();
    let root = file.document.catalog().ok().and_then(|catalog| file.dictionary(catalog, b"Pages"));
    if let Some(root) = root {
        walk(file, root, &mut leaves)?;
    }
    if leaves.is_empty() {
        // The tree is damaged; pages may stand all the same.
        for object in file.document.objects.values() {
            if let Object::Dictionary(dictionary) = object
                && dictionary.has_type(b"Page")
            {
                let parent = file.dictionary(dictionary, b"Parent");
                let mut start = blank(dictionary);
                if let Some(parent) = parent {
                    start = inherit(file, &start, parent);
                }
                push(file, &mut leaves, inherit(file, &start, dictionary))?;
            }
        }
    }
    Ok(leaves)
}

fn blank(dictionary: &Dictionary) -> Leaf<'_> {
    Leaf { dictionary, resources: None, media: None, crop: None, rotate: 0 }
}

fn walk<'a>(
    file: &'a File<'_>,
    root: &'a Dictionary,
    leaves: &mut Vec<Leaf<'a>>,
) -> Result<(), ExtractError> {
    let mut seen = HashSet::new();
    let mut open = vec![inherit(file, &blank(root), root)];
    while let Some(node) = open.pop() {
        if !seen.insert(std::ptr::from_ref(node.dictionary)) {
            continue;
        }
        let kids = file.array(node.dictionary, b"Kids");
        match kids {
            Some(kids) if !node.dictionary.has_type(b"Page") => {
                // A tree cannot have more nodes waiting than the file has objects; the bound on
                // pages catches lists that name one kid over and over.
                let kids =
                    kids.iter().rev().filter_map(|kid| file.resolve(kid)).filter_map(as_dictionary);
                open.extend(kids.map(|kid| inherit(file, &node, kid)));
                let bound = file.limits().pdf_pages.saturating_mul(2);
                if open.len() > bound {
                    return Err(file.limit(
                        "pdf_pages",
                        open.len() as u64,
                        file.limits().pdf_pages as u64,
                    ));
                }
            }
            _ if node.dictionary.has_type(b"Pages") => {}
            _ => push(file, leaves, node)?,
        }
    }
    Ok(())
}

fn push<'a>(
    file: &File<'_>,
    leaves: &mut Vec<Leaf<'a>>,
    leaf: Leaf<'a>,
) -> Result<(), ExtractError> {
    let bound = file.limits().pdf_pages;
    if leaves.len() >= bound {
        return Err(file.limit("pdf_pages", leaves.len() as u64 + 1, bound as u64));
    }
    leaves.push(leaf);
    Ok(())
}

fn inherit<'a>(file: &'a File<'_>, from: &Leaf<'a>, dictionary: &'a Dictionary) -> Leaf<'a> {
    Leaf {
        dictionary,
        resources: file.dictionary(dictionary, b"Resources").or(from.resources),
        media: file.numbers(dictionary, b"MediaBox").or(from.media),
        crop: file.numbers(dictionary, b"CropBox").or(from.crop),
        rotate: file.integer(dictionary, b"Rotate").unwrap_or(from.rotate),
    }
}
