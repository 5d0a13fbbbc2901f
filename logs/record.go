package logs

import "pir/internal/when"

// Kind is what a physical line of a log is.
type Kind uint8

// The kinds of lines.
const (
	KindRecord       Kind = iota // a record begins here
	KindContinuation             // it goes on with the record before
	KindMalformed                // it was meant as a record and cannot be read
)

// Record is what a format reads from the first line of a log record. Its
// slices point into the line or into memory of the Parser, and hold until the
// next Parse.
type Record struct {
	Time      when.Fields // valid when Timed
	Timed     bool
	Level     Level
	Component []byte // name of a service, where the record clearly states one
	Host      []byte
	Message   []byte
	Status    int  // HTTP status; 0 is none
	Request   bool // the record stands for one request
	stream    stream
}

// Parser reads the lines of one file. It belongs to one goroutine.
type Parser interface {
	// Parse reads a line without its line end and fills rec, which it resets
	// first. cut says that the line goes on beyond what is given. rec means
	// something for KindRecord only; with KindContinuation it may hold the time
	// and the text of a line that a wrapping gave one of its own.
	Parse(line []byte, cut bool, rec *Record) Kind
	// Fork gives a Parser with the same settings for another goroutine.
	Fork() Parser
}

// Level is the level of a log record.
type Level uint8

// The levels. Finer ones of programs are folded into these.
const (
	LevelUnknown Level = iota
	LevelDebug
	LevelInfo
	LevelWarning
	LevelError
	levelCount = int(LevelError) + 1
)

// String gives error, warning, info or debug, and nothing for unknown.
func (l Level) String() string {
	switch l {
	case LevelDebug:
		return "debug"
	case LevelInfo:
		return "info"
	case LevelWarning:
		return "warning"
	case LevelError:
		return "error"
	}
	return ""
}
