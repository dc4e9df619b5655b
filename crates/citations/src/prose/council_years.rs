//! The years of resolutions of the Security Council, which are numbered through from 1946. People name
//! them without the year that belongs to their symbol.

/// The last resolution of each year from 1946. Source: the numbers that the Council's own resolutions
/// bear; later years follow as they end.
const LAST_OF_YEAR: [u32; 79] = [
    15, 37, 66, 78, 89, 96, 98, 103, 105, 110, 121, 126, 131, 132, 160, 171, 177, 185, 199, 219,
    232, 244, 262, 275, 291, 307, 324, 344, 366, 384, 402, 422, 443, 461, 484, 499, 529, 545, 559,
    580, 593, 606, 626, 646, 683, 725, 799, 892, 969, 1035, 1092, 1146, 1219, 1284, 1334, 1386,
    1454, 1521, 1580, 1651, 1738, 1794, 1859, 1907, 1966, 2033, 2085, 2132, 2195, 2259, 2336, 2397,
    2450, 2504, 2557, 2616, 2671, 2718, 2767,
];

/// The year of the Council's first resolution.
const FIRST_YEAR: u32 = 1946;

/// The year in which the Security Council adopted the resolution with this number; none for numbers
/// beyond the last year known here.
pub(crate) fn year_of(number: u32) -> Option<u32> {
    let years = LAST_OF_YEAR.partition_point(|last| *last < number);
    let year = FIRST_YEAR + u32::try_from(years).ok()?;
    (number > 0 && years < LAST_OF_YEAR.len()).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::year_of;

    #[test]
    fn years() {
        // (number, year)
        let table = [
            (1, Some(1946)),
            (242, Some(1967)),
            (338, Some(1973)),
            (1267, Some(1999)),
            (1325, Some(2000)),
            (1373, Some(2001)),
            (1540, Some(2004)),
            (2231, Some(2015)),
            (2758, Some(2024)),
            (0, None),
            (9999, None),
        ];
        for (number, year) in table {
            assert_eq!(year_of(number), year, "{number}");
        }
    }
}
