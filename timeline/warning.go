package timeline

import (
	"cmp"
	"slices"
)

// The codes of warnings. WarningCodes tells what each means.
const (
	WarnSourceMissing      = "source-missing"
	WarnSourceUnrecognised = "source-unrecognised"
	WarnSourceFailed       = "source-failed"
	WarnSourceTruncated    = "source-truncated"
	WarnSourceChanged      = "source-changed"
	WarnSourceEmpty        = "source-empty"
	WarnSourceDuplicate    = "source-duplicate"
	WarnRecordMalformed    = "record-malformed"
	WarnRecordDuplicate    = "record-duplicate"
	WarnRecordUndated      = "record-undated"
	WarnLineTooLong        = "line-too-long"
	WarnEncoding           = "encoding"
	WarnBinary             = "binary"
	WarnZoneAssumed        = "zone-assumed"
	WarnZoneDoubtful       = "zone-doubtful"
	WarnDayDoubtful        = "day-doubtful"
	WarnTimeBorrowed       = "time-borrowed"
	WarnYearInferred       = "year-inferred"
	WarnOutOfOrder         = "out-of-order"
	WarnBackdated          = "backdated"
	WarnSilence            = "silence"
	WarnWindowUncovered    = "window-uncovered"
	WarnConflict           = "conflict"
	WarnOrderUnusual       = "order-unusual"
	WarnOrderImpossible    = "order-impossible"
	WarnReopened           = "reopened"
	WarnGap                = "gap"
	WarnUnmatchedCuration  = "unmatched-curation"
	WarnSkewEstimated      = "skew-estimated"
)

// WarningCode is a code of warnings and what it means, in one line.
type WarningCode struct{ Code, Meaning string }

// WarningCodes are all codes that a Warning can have, in the order in which
// warnings are listed: what was not read, what was read with doubt, what the
// evidence disagrees on.
func WarningCodes() []WarningCode {
	return []WarningCode{
		{WarnSourceMissing, "a source named in pir.yaml is not there"},
		{WarnSourceUnrecognised, "no format knows the content of a source"},
		{WarnSourceFailed, "a source could not be opened or read"},
		{WarnSourceTruncated, "a source ends early; what came before the cut was read"},
		{WarnSourceChanged, "a file grew, shrank or was replaced while it was read"},
		{WarnSourceEmpty, "a source holds nothing"},
		{WarnSourceDuplicate, "a file with the content of another one; it is read once"},
		{WarnBinary, "a source is binary data and no format knows it"},
		{WarnWindowUncovered, "no log has a record in the window that was asked for"},
		{WarnRecordMalformed, "records that could not be read, counted and named"},
		{WarnRecordDuplicate, "records that came before, by the id that their engine gave them; they are left out"},
		{WarnRecordUndated, "log records whose time is missing or cannot be read; they stand in no series"},
		{WarnLineTooLong, "a line is longer than what is kept of one; it is counted whole"},
		{WarnEncoding, "bytes that are not valid text; they are shown as U+FFFD"},
		{WarnZoneAssumed, "times that name no zone, and nothing else names one: read as UTC"},
		{WarnZoneDoubtful, "a zone that is ambiguous, or wrong for its date"},
		{WarnDayDoubtful, "dates whose day and month could be the other way round"},
		{WarnTimeBorrowed, "errors without a time of their own, such as a panic; they count at the time of the line before"},
		{WarnYearInferred, "dates without a year; the year was found from something else"},
		{WarnSkewEstimated, "two sources tell the same acts a constant time apart; nothing was moved"},
		{WarnOutOfOrder, "records that stand before an earlier one of their source"},
		{WarnBackdated, "records whose time was set to before they were written"},
		{WarnSilence, "a log that is steady has no record for a while"},
		{WarnConflict, "evidence that disagrees by more than its precision"},
		{WarnOrderUnusual, "milestones in an order that is possible but rare"},
		{WarnOrderImpossible, "an end before its start"},
		{WarnReopened, "impact came back after the incident was resolved"},
		{WarnGap, "a stretch of impact without any record of the response"},
		{WarnUnmatchedCuration, "a row of pir.yaml that fits nothing that was read"},
	}
}

// sortWarnings puts warnings in the order of WarningCodes (unknown codes last),
// then message, then evidence, and drops repeats.
func sortWarnings(list []Warning) []Warning {
	rank := map[string]int{}
	for i, c := range WarningCodes() {
		rank[c.Code] = i + 1
	}
	place := func(w Warning) int {
		if r := rank[w.Code]; r > 0 {
			return r
		}
		return len(rank) + 1
	}
	compare := func(a, b Warning) int {
		return cmp.Or(
			cmp.Compare(place(a), place(b)),
			cmp.Compare(a.Code, b.Code),
			naturalCompare(a.Message, b.Message),
			slices.CompareFunc(a.Evidence, b.Evidence, compareEvidence),
		)
	}
	slices.SortFunc(list, compare)
	return slices.CompactFunc(list, func(a, b Warning) bool { return compare(a, b) == 0 })
}
