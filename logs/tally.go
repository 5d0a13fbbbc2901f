package logs

import "time"

// The bounds of what a tally keeps. What does not fit is counted.
const (
	maxQuote      = 300     // bytes of a quoted record
	maxBad        = 5       // lines of a kind that are named
	maxDoubts     = 8       // sentences about names of zones
	maxNames      = 256     // components while counting; see maxComponents
	maxChunkTexts = 4096    // masked messages of one chunk
	maxFileBins   = 1 << 21 // minutes of all messages of one file
	maxFileTexts  = 5_000   // masked messages of one file
	maxCounts     = 500_000 // counts per minute, component and level of one file
	maxChunkMarks = 4096    // minutes and components of one chunk whose errors are quoted
	maxMarks      = 20_000  // the same of one file
	maxSeconds    = 20_000  // seconds and components of one file whose errors are quoted
)

// otherComponent stands for the components beyond the bound.
const otherComponent = "other"

const nsPerMinute = int64(time.Minute)

// countKey is one count of a series.
type countKey struct {
	minute    int64
	component uint16
	level     Level
}

// markKey is the place of an errorMinute.
type markKey struct {
	minute    int64
	component uint16
}

// textKey is a masked message of one component and level.
type textKey struct {
	hash      uint64
	component uint16
	status    uint16 // of a request, else 0
	level     Level
}

// text is what is known of the messages with one textKey.
type text struct {
	masked  string
	id      uint64 // of the key, without component and level
	count   int64
	now     int64 // in the window; the rest is in the baseline
	span    markSpan
	minutes minutes
}

// badLine is a line to be named for what is wrong with it.
type badLine struct {
	line   int64
	offset int64 // in the content
	quote  string
}

// tally is what was counted in a chunk, or in the chunks of a file so far.
type tally struct {
	lines        int64
	lead         int64 // lines in front of the first record
	opened       bool  // there was a record
	continuation int64
	undated      int64
	malformed    int64
	inWindow     int64
	outside      int64
	outOfOrder   int64

	dated       int64
	first, last int64 // by time
	lastLine    int64 // the record of last, while counting
	lastAt      int64
	lastSize    int32
	earliest    mark // the records of first and last
	latest      mark // once the chunk is counted
	silences    []silence
	head, tail  int64 // by place
	headAt      int64 // offset of the first by place
	disorder    int64 // how far a record stands behind the latest one before it, at most, in nanoseconds
	naive       int64 // times without a zone
	yearless    int64
	noYear      int64  // records without a date for want of a year
	wraps       notice // steps back by yearBack or more
	turns       []yearTurn
	days        dayProofs
	twice       notice // times that the zone shows twice
	skipped     notice // times that the zone skips
	borrowed    notice // crashes that count at the time of the record before
	again       []hourAgain
	headTwice   bool
	tailTwice   bool
	doubts      []string // about names of zones

	names    []string // of components; the first is that of records without one
	records  []int64  // dated records of each component
	request  []int64  // requests of each component
	index    map[string]uint16
	counts   map[countKey]int64
	errors   map[markKey]*errorMinute
	requests map[markKey]*[60]int64 // requests per second of a minute
	texts    map[textKey]*text
	bins     int   // minutes of all texts
	lost     int64 // messages without room among texts
	uncounts int64 // records without room among counts

	newest  int64     // minute of a record
	fine    int       // seconds that errors hold
	waiting []markKey // minutes that thin has to judge

	bad     []badLine // malformed
	bare    []badLine // records without a time
	long    notice
	invalid notice
}

// notice counts lines with a peculiarity and remembers the first.
type notice struct {
	n      int64
	line   int64
	offset int64
}

func (n *notice) add(line, offset int64) {
	if n.n == 0 {
		n.line, n.offset = line, offset
	}
	n.n++
}

func newTally(component string) *tally {
	t := &tally{
		index:    make(map[string]uint16),
		counts:   make(map[countKey]int64),
		errors:   make(map[markKey]*errorMinute),
		requests: make(map[markKey]*[60]int64),
		texts:    make(map[textKey]*text),
	}
	t.component(component)
	return t
}

// component gives the index of a name.
func (t *tally) component(name string) uint16 {
	if i, ok := t.index[name]; ok {
		return i
	}
	if len(t.names) >= maxNames && name != otherComponent {
		return t.component(otherComponent)
	}
	i := uint16(len(t.names))
	t.names = append(t.names, name)
	t.records = append(t.records, 0)
	t.request = append(t.request, 0)
	t.index[name] = i
	return i
}

// floorMinute is the number of whole minutes since 1970.
func floorMinute(ns int64) int64 {
	m := ns / nsPerMinute
	if ns%nsPerMinute < 0 {
		m--
	}
	return m
}
