package logs

import (
	"bytes"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"pir/internal/when"
	"pir/logs/pattern"
)

// The bounds of what a tally keeps. What does not fit is counted.
const (
	maxQuote      = 300     // bytes of a quoted record
	maxBad        = 5       // malformed lines that are named
	maxNames      = 256     // components while counting; see maxComponents
	maxChunkTexts = 4096    // masked messages of one chunk
	maxFileTexts  = 10_000  // masked messages of one file
	maxCounts     = 500_000 // counts per minute, component and level of one file
	maxMarks      = 20_000  // minutes and components of one file whose errors are quoted
)

// otherComponent stands for the components beyond the bound.
const otherComponent = "other"

const nsPerMinute = int64(time.Minute)

// window is the span of time that is asked for, half open, and the baseline
// in front of it; in nanoseconds.
type window struct{ base, from, to int64 }

// newWindow takes the window of the options. The baseline is as long as the
// window, at least an hour.
func newWindow(opt Options) window {
	w := window{base: math.MinInt64, from: math.MinInt64, to: math.MaxInt64}
	if !opt.To.IsZero() {
		w.to = opt.To.UnixNano()
	}
	if !opt.From.IsZero() {
		length := time.Hour
		if !opt.To.IsZero() {
			length = max(length, opt.To.Sub(opt.From))
		}
		w.from = opt.From.UnixNano()
		w.base = opt.From.Add(-length).UnixNano()
	}
	return w
}

func (w window) holds(ns int64) bool   { return ns >= w.from && ns < w.to }
func (w window) counted(ns int64) bool { return ns >= w.base && ns < w.to }

// mark is a record that may be quoted.
type mark struct {
	ns    int64
	line  int64 // 0-based; in the chunk, then in the file
	start int   // in the chunk's data, until quote is made
	end   int
	quote string
	file  int // index of the file, once files meet
}

// markSpan is the first and the last of some records by time; those of one
// instant by their place.
type markSpan struct{ first, last mark }

// add widens the span by a record that stands behind the others.
func (s *markSpan) add(m mark) {
	if m.ns < s.first.ns {
		s.first = m
	}
	if m.ns >= s.last.ns {
		s.last = m
	}
}

// countKey is one count of a series.
type countKey struct {
	minute    int64
	component uint16
	level     Level
}

// markKey is the place of a markSpan of errors.
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
	count   int64
	now     int64 // in the window; the rest is in the baseline
	span    markSpan
	minutes minutes
}

// badLine is a malformed line, to be named.
type badLine struct {
	line  int64
	quote string
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
	head, tail  int64 // by place
	naive       int64 // times without a zone
	yearless    int64
	noYear      int64  // records without a date for want of a year
	wraps       notice // steps back by half a year or more
	requests    int64
	doubt       string // about the first time with a doubtful zone

	names    []string // of components; the first is that of records without one
	records  []int64  // dated records of each component
	request  []int64  // requests of each component
	index    map[string]uint16
	counts   map[countKey]int64
	errors   map[markKey]*markSpan
	texts    map[textKey]*text
	lost     int64 // messages without room among texts
	uncounts int64 // records without room among counts

	bad     []badLine
	long    notice
	invalid notice
}

// notice counts lines with a peculiarity and remembers the first.
type notice struct {
	n    int64
	line int64
}

func (n *notice) add(line int64) {
	if n.n == 0 {
		n.line = line
	}
	n.n++
}

func newTally(component string) *tally {
	t := &tally{
		index:  make(map[string]uint16),
		counts: make(map[countKey]int64),
		errors: make(map[markKey]*markSpan),
		texts:  make(map[textKey]*text),
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

// counter counts the lines of one chunk. It belongs to one goroutine.
type counter struct {
	job      *job
	t        *tally
	parser   Parser
	resolver *when.Resolver
	miner    *pattern.Miner
	rec      Record
	masked   []byte
	plain    []byte // a line without escape sequences
	escapes  bool   // the chunk has some
	latest   [levelCount]pendingCount
	lastName []byte
	lastComp uint16
}

// pendingCount saves looking up the count of neighbours in time.
type pendingCount struct {
	key countKey
	n   int64
}

// count reads a chunk.
func (j *job) count(ch chunk) *tally {
	c := &counter{
		job: j, t: newTally(j.file.Component), parser: j.parser.Fork(),
		resolver: when.NewResolver(j.file.Zone, 0), miner: pattern.New(pattern.Options{}),
	}
	c.escapes = bytes.IndexByte(ch.data, 0x1b) >= 0
	valid := utf8.Valid(ch.data)
	for start := 0; start < len(ch.data); {
		end := bytes.IndexByte(ch.data[start:], '\n')
		next := start + end + 1
		if end < 0 {
			end, next = len(ch.data)-start, len(ch.data)
		}
		line := ch.data[start : start+end]
		cut := ch.cut
		if len(line) > longLine || cut {
			c.t.long.add(c.t.lines)
		}
		if !valid && !utf8.Valid(line) {
			c.t.invalid.add(c.t.lines)
		}
		c.line(line, cut, start, start+end)
		c.t.lines++
		start = next
	}
	c.flush()
	c.t.quote(ch.data)
	return c.t
}

// line counts one physical line.
func (c *counter) line(line []byte, cut bool, start, end int) {
	t := c.t
	line = trimLine(line)
	if c.escapes && bytes.IndexByte(line, 0x1b) >= 0 {
		c.plain = stripEscapes(c.plain[:0], line)
		line = c.plain
	}
	switch c.parser.Parse(line, cut, &c.rec) {
	case KindMalformed:
		t.malformed++
		if len(t.bad) < maxBad {
			t.bad = append(t.bad, badLine{line: t.lines, quote: quoteOf(line)})
		}
		return
	case KindContinuation:
		if t.opened {
			t.continuation++
		} else {
			t.lead++
		}
		return
	}
	t.opened = true
	ns, ok := c.instant()
	if !ok {
		t.undated++
		return
	}
	c.order(ns)
	if !c.job.window.holds(ns) {
		t.outside++
		if !c.job.window.counted(ns) {
			return
		}
	} else {
		t.inWindow++
	}
	c.dated(ns, mark{ns: ns, line: t.lines, start: start, end: end})
}

// instant works out the time of the record.
func (c *counter) instant() (ns int64, ok bool) {
	f := &c.rec.Time
	if !c.rec.Timed {
		return 0, false
	}
	yearless := f.Year == 0 && !f.IsEpoch
	c.job.years.complete(f)
	ns, ok = c.resolver.Unix(f)
	if !ok {
		if yearless && !c.job.years.known() {
			c.t.noYear++
		}
		return 0, false
	}
	if yearless {
		c.t.yearless++
	}
	if !f.Zoned && !f.IsEpoch {
		c.t.naive++
	}
	if f.Abbrev != 0 && c.t.doubt == "" {
		c.t.doubt = c.resolver.Doubt(f)
	}
	return ns + int64(c.job.file.Skew), true
}

// order keeps span and order of the times.
func (c *counter) order(ns int64) {
	t := c.t
	if t.dated == 0 {
		t.first, t.last, t.head = ns, ns, ns
	} else {
		t.step(ns)
		t.first, t.last = min(t.first, ns), max(t.last, ns)
	}
	t.tail = ns
	t.dated++
}

// step looks at a record that stands behind another. A step back by half a
// year is no disorder: the log runs on into a year that cannot be told.
func (t *tally) step(ns int64) {
	if ns >= t.tail {
		return
	}
	t.outOfOrder++
	if t.tail-ns > 183*24*60*nsPerMinute {
		t.wraps.add(t.lines)
	}
}

// dated counts a record with a time inside window or baseline.
func (c *counter) dated(ns int64, m mark) {
	t := c.t
	comp := c.component()
	t.records[comp]++
	if c.rec.Request {
		t.requests++
		t.request[comp]++
	}
	minute := floorMinute(ns)
	level := c.rec.Level
	p := &c.latest[level]
	if key := (countKey{minute: minute, component: comp, level: level}); p.key != key {
		c.settle(p)
		p.key = key
	}
	p.n++
	if level == LevelError {
		key := markKey{minute: minute, component: comp}
		if s := t.errors[key]; s != nil {
			s.add(m)
		} else {
			t.errors[key] = &markSpan{first: m, last: m}
		}
	}
	c.message(ns, minute, comp, m)
}

// component gives the index of the record's component. That of the file goes
// first.
func (c *counter) component() uint16 {
	if c.job.file.Component != "" || len(c.rec.Component) == 0 {
		return 0
	}
	if !bytes.Equal(c.rec.Component, c.lastName) {
		c.lastName = append(c.lastName[:0], c.rec.Component...)
		i, ok := c.t.index[string(c.lastName)]
		if !ok {
			i = c.t.component(string(c.lastName))
		}
		c.lastComp = i
	}
	return c.lastComp
}

// message counts the record's message by its masked text.
func (c *counter) message(ns, minute int64, comp uint16, m mark) {
	if len(c.rec.Message) == 0 {
		return
	}
	c.masked = c.miner.Mask(c.masked[:0], c.rec.Message)
	key := textKey{hash: pattern.Hash(c.masked), component: comp, level: c.rec.Level}
	if c.rec.Request { // the status is what tells requests apart
		key.status = uint16(c.rec.Status)
	}
	x := c.t.texts[key]
	if x == nil {
		if len(c.t.texts) >= maxChunkTexts {
			c.t.lost++
			return
		}
		x = &text{masked: string(c.masked), span: markSpan{first: m, last: m}}
		c.t.texts[key] = x
	}
	x.count++
	if c.job.window.holds(ns) {
		x.now++
	}
	x.span.add(m)
	x.minutes.add(minute, 1)
}

// settle writes a pending count down.
func (c *counter) settle(p *pendingCount) {
	if p.n > 0 {
		c.t.counts[p.key] += p.n
		p.n = 0
	}
}

func (c *counter) flush() {
	for i := range c.latest {
		c.settle(&c.latest[i])
	}
}

// quote copies out of the chunk what marks may need later.
func (t *tally) quote(data []byte) {
	one := func(m *mark) { m.quote = quoteOf(trimLine(data[m.start:m.end])) }
	for _, s := range t.errors {
		one(&s.first)
		one(&s.last)
	}
	for _, x := range t.texts {
		one(&x.span.first)
	}
}

// quoteOf makes a string of a line, cut to maxQuote bytes; what is no UTF-8 is
// replaced.
func quoteOf(line []byte) string {
	if len(line) > maxQuote {
		line = line[:maxQuote]
		for n := 0; n < utf8.UTFMax-1 && len(line) > 0; n++ {
			if r, size := utf8.DecodeLastRune(line); r != utf8.RuneError || size != 1 {
				break
			}
			line = line[:len(line)-1]
		}
	}
	return strings.ToValidUTF8(string(line), "\uFFFD")
}

// floorMinute is the number of whole minutes since 1970.
func floorMinute(ns int64) int64 {
	m := ns / nsPerMinute
	if ns%nsPerMinute < 0 {
		m--
	}
	return m
}
