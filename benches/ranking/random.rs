//! Choices that are the same in every run.

/// Numbers without pattern from a seed: SplitMix64 (Steele, Lea and Flood, 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        // The bounds here are far below 2^32, so that the bias does not show.
        (self.next() % bound.max(1) as u64) as usize
    }

    /// One of them.
    pub(crate) fn one_of<'o, T>(&mut self, of: &'o [T]) -> Option<&'o T> {
        of.get(self.below(of.len()))
    }

    /// `count` places below `bound`, ascending; fewer when there are not as many.
    pub(crate) fn places(&mut self, bound: usize, count: usize) -> Vec<usize> {
        let mut places: Vec<usize> = (0..bound).collect();
        while places.len() > count {
            let gone = self.below(places.len());
            places.remove(gone);
        }
        places
    }
}
