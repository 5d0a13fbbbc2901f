package timeline

// The codes of warnings.
const (
	WarnSourceMissing      = "source-missing"
	WarnSourceUnrecognised = "source-unrecognised"
	WarnSourceFailed       = "source-failed"
	WarnSourceTruncated    = "source-truncated"
	WarnSourceEmpty        = "source-empty"
	WarnRecordMalformed    = "record-malformed"
	WarnLineTooLong        = "line-too-long"
	WarnEncoding           = "encoding"
	WarnBinary             = "binary"
	WarnZoneAssumed        = "zone-assumed"
	WarnZoneDoubtful       = "zone-doubtful"
	WarnYearInferred       = "year-inferred"
	WarnOutOfOrder         = "out-of-order"
	WarnBackdated          = "backdated"
	WarnConflict           = "conflict"
	WarnOrderUnusual       = "order-unusual"
	WarnOrderImpossible    = "order-impossible"
	WarnUnmatchedCuration  = "unmatched-curation"
	WarnGap                = "gap"
)

// WarningCode is a code of warnings and what it means, in one line.
type WarningCode struct{ Code, Meaning string }

// WarningCodes are all codes that a Warning can have, in the order of the
// documentation.
func WarningCodes() []WarningCode { return nil }
