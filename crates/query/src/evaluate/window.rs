//! Sets of documents and their scores over one stretch of a segment.

/// Documents looked at together. Their scores fill 32 KiB, so that they stay in the cache next to
/// the processor while the words of a query go over them one after the other, and the memory of a
/// search does not grow with the index.
pub(crate) const WINDOW: u32 = 8_192;

const WORDS: usize = WINDOW as usize / 64;

/// A stretch of a segment: documents `start..end`, at most [`WINDOW`] of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Window {
    /// All windows of a segment.
    pub(crate) fn all(documents: u32) -> impl Iterator<Item = Window> {
        (0..documents)
            .step_by(WINDOW as usize)
            .map(move |start| Window { start, end: documents.min(start.saturating_add(WINDOW)) })
    }

    /// The document at a place of the window.
    pub(crate) fn document(self, place: usize) -> u32 {
        self.start.saturating_add(u32::try_from(place).unwrap_or(u32::MAX))
    }

    /// The place of a document in the window.
    pub(crate) fn place(self, document: u32) -> usize {
        document.saturating_sub(self.start) as usize
    }
}

/// A set of places in a window.
#[derive(Clone, Debug)]
pub(crate) struct Places(Vec<u64>);

impl Places {
    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn all(window: Window) -> Self {
        let mut places = Self(vec![u64::MAX; WORDS]);
        places.cut(window);
        places
    }

    pub(crate) fn insert(&mut self, place: usize) {
        if self.0.is_empty() {
            self.0 = vec![0; WORDS];
        }
        if let Some(word) = self.0.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    pub(crate) fn contains(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    /// Keeps the places that a test passes.
    pub(crate) fn retain(&mut self, mut test: impl FnMut(usize) -> bool) {
        for (at, word) in self.0.iter_mut().enumerate() {
            let mut left = *word;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                if !test(at * 64 + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    pub(crate) fn len(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    pub(crate) fn add(&mut self, other: &Places) {
        if self.0.is_empty() {
            self.0.clone_from(&other.0);
        } else {
            self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
        }
    }

    pub(crate) fn keep(&mut self, other: &Places) {
        if other.0.is_empty() {
            self.0.clear();
        } else {
            self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
        }
    }

    /// The places of the window that are not in the set.
    pub(crate) fn others(&self, window: Window) -> Self {
        let mut others = Self::all(window);
        others.0.iter_mut().zip(&self.0).for_each(|(word, own)| *word &= !own);
        others
    }

    /// The places, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(index, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros() as usize;
                    left &= left - 1;
                    index * 64 + bit
                })
            })
        })
    }

    /// Drops what lies behind the window's end.
    fn cut(&mut self, window: Window) {
        let end = window.place(window.end);
        for (index, word) in self.0.iter_mut().enumerate() {
            let left = end.saturating_sub(index * 64);
            if left < 64 {
                *word &= (1 << left) - 1;
            }
        }
    }
}

/// A score for each place of a window, zero at first.
#[derive(Clone, Debug)]
pub(crate) struct Scores(Vec<f32>);

impl Scores {
    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn get(&self, place: usize) -> f32 {
        self.0.get(place).copied().unwrap_or_default()
    }

    pub(crate) fn add(&mut self, place: usize, score: f32) {
        self.change(place, |known| *known += score);
    }

    pub(crate) fn raise_to(&mut self, place: usize, score: f32) {
        self.change(place, |known| *known = known.max(score));
    }

    pub(crate) fn multiply(&mut self, place: usize, factor: f32) {
        if let Some(known) = self.0.get_mut(place) {
            *known *= factor;
        }
    }

    pub(crate) fn multiply_all(&mut self, factor: f32) {
        self.0.iter_mut().for_each(|known| *known *= factor);
    }

    /// Adds the scores that `other` has at `places`.
    pub(crate) fn add_at(&mut self, other: &Scores, places: &Places) {
        if !other.0.is_empty() {
            places.iter().for_each(|place| self.add(place, other.get(place)));
        }
    }

    fn change(&mut self, place: usize, change: impl FnOnce(&mut f32)) {
        if self.0.is_empty() {
            self.0 = vec![0.0; WINDOW as usize];
        }
        if let Some(known) = self.0.get_mut(place) {
            change(known);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_cover_a_segment() {
        let ends: Vec<_> = Window::all(WINDOW + 3).map(|w| (w.start, w.end)).collect();
        assert_eq!(ends, [(0, WINDOW), (WINDOW, WINDOW + 3)]);
        assert_eq!(Window::all(0).count(), 0);
    }

    #[test]
    fn sets() {
        let window = Window { start: 100, end: 170 };
        let mut odd = Places::none();
        (0..70).filter(|place| place % 2 == 1).for_each(|place| odd.insert(place));
        assert_eq!(odd.len(), 35);
        assert_eq!(odd.others(window).iter().next(), Some(0));
        assert_eq!(odd.others(window).len(), 35);
        assert_eq!(Places::none().others(window).len(), 70);
        let mut both = odd.clone();
        both.keep(&odd.others(window));
        assert_eq!(both.len(), 0);
        both.add(&odd);
        both.add(&odd.others(window));
        assert_eq!(both.iter().collect::<Vec<_>>(), (0..70).collect::<Vec<_>>());
        both.keep(&Places::none());
        assert!(both.len() == 0 && !both.contains(3));
    }
}
