//! How often something is spoken of, year by year.

mod svg;

use std::collections::BTreeMap;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use undex_document::SCHEMA;

use crate::{Combination, CountKey, FacetBy, FacetCount, SearchError, SearchRequest, Searcher};

/// The counts of queries by year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trend {
    /// The first and the last year with a match of any of the queries.
    pub years: Option<(u16, u16)>,
    /// One for each query, in their order.
    pub series: Vec<TrendSeries>,
}

/// The counts of one query.
///
/// Its JSON is the line that `undex trend --json` writes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrendSeries {
    /// The query, as it was asked.
    pub query: String,
    /// All that match.
    pub all: TrendCount,
    /// Those of documents of which no year is known. They are in no year.
    pub undated: TrendCount,
    /// The years with a match.
    pub years: BTreeMap<u16, TrendCount>,
    /// How words side by side were combined.
    pub combination: Combination,
}

/// Matches of one year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TrendCount {
    /// Matching paragraphs.
    pub paragraphs: u64,
    /// Documents with such a paragraph.
    pub documents: u64,
}

impl Searcher {
    /// Counts what each request finds by year. The year is that of the filter `year:`. Limits, offsets,
    /// orders and facets of the requests do not matter.
    ///
    /// # Errors
    /// As for [`Searcher::search`].
    pub fn trend(&self, requests: &[SearchRequest]) -> Result<Trend, SearchError> {
        let series = requests.iter().map(|request| self.series(request));
        let series: Vec<TrendSeries> = series.collect::<Result<_, _>>()?;
        let years = || series.iter().flat_map(|one| one.years.keys().copied());
        Ok(Trend { years: years().min().zip(years().max()), series })
    }

    fn series(&self, request: &SearchRequest) -> Result<TrendSeries, SearchError> {
        let mut counted = SearchRequest { limit: 0, offset: 0, ..request.clone() };
        counted.facets = vec![FacetBy::Year];
        let answer = self.search(&counted)?;
        let mut series = TrendSeries {
            query: request.query.clone(),
            all: TrendCount {
                paragraphs: answer.total,
                documents: answer.documents.unwrap_or_default(),
            },
            undated: TrendCount::default(),
            years: BTreeMap::new(),
            combination: answer.combination,
        };
        for FacetCount { value, paragraphs, documents } in
            answer.facets.into_iter().flat_map(|facet| facet.counts)
        {
            let count = TrendCount { paragraphs, documents };
            match value {
                CountKey::Year(Some(year)) => {
                    series.years.insert(year, count);
                }
                _ => series.undated = count,
            }
        }
        Ok(series)
    }
}

impl TrendSeries {
    /// The matches of a year; none in most.
    pub fn of(&self, year: u16) -> TrendCount {
        self.years.get(&year).copied().unwrap_or_default()
    }
}

impl Serialize for TrendSeries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct OfYear {
            value: u16,
            #[serde(flatten)]
            count: TrendCount,
        }
        let counts: Vec<OfYear> =
            self.years.iter().map(|(year, count)| OfYear { value: *year, count: *count }).collect();
        let mut fields = serializer.serialize_struct("TrendSeries", 7)?;
        fields.serialize_field("schema", &SCHEMA)?;
        fields.serialize_field("query", &self.query)?;
        fields.serialize_field("by", FacetBy::Year.name())?;
        fields.serialize_field("paragraphs", &self.all.paragraphs)?;
        fields.serialize_field("documents", &self.all.documents)?;
        fields.serialize_field("undated", &self.undated)?;
        fields.serialize_field("counts", &counts)?;
        fields.end()
    }
}
