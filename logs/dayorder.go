package logs

import (
	"bytes"
	"cmp"
	"io"
	"slices"

	"pir/internal/when"
)

// dayOrder is what the head of a file leaves open: layouts of one shape, such as
// 04/07/2026, that read all its times, each as other days. With none the order of
// day and month is settled. It is changed only while nobody reads the file.
type dayOrder struct {
	layouts []when.Layout
	taken   int            // of layouts
	slots   []*when.Layout // where the parser has the one that is taken
	proof   string         // what settled it, in words; empty is nothing
}

// dayDoubter is a Parser that may have to be told the order of day and month.
type dayDoubter interface{ days() *dayOrder }

// daysOf gives the open question of a parser, or nil.
func daysOf(p Parser) *dayOrder {
	if d, ok := p.(dayDoubter); ok {
		if days := d.days(); len(days.layouts) > 0 {
			return days
		}
	}
	return nil
}

// bind adds a layout of the parser that is to be changed, where it has the shape.
func (d *dayOrder) bind(l *when.Layout) {
	if len(d.layouts) > 0 && l.Shape == d.layouts[0].Shape {
		d.slots = append(d.slots, l)
	}
}

// take has the parser read with another of the layouts.
func (d *dayOrder) take(k int) {
	d.taken = k
	for _, slot := range d.slots {
		*slot = d.layouts[k]
	}
}

// text is what the coverage table says of it.
func (d *dayOrder) text() string {
	first := "month before day"
	switch l := &d.layouts[d.taken]; {
	case l.DayFirst:
		first = "day before month"
	case l.Name == "yy-slash":
		first = "year before month and day"
	}
	if d.proof == "" {
		return "day and month could be the other way round; read with the " + first
	}
	return first + ", by " + d.proof
}

// What is read of a file to settle the order of day and month, in bytes: all of
// a small file, the beginning of a packed one, of others stretches and the
// places where the date changes.
const (
	dayWhole   = 4 << 20
	dayPacked  = 8 << 20
	dayPlaces  = 64
	dayChanges = 12
)

// settleDays reads more of the file where its head leaves the order of day and
// month open. What it cannot settle stays open.
func (j *job) settleDays() {
	d := daysOf(j.parser)
	if d == nil || j.document != nil {
		return
	}
	in, err := openInput(j.file, false)
	if err != nil {
		return
	}
	defer in.close()
	at, random := in.file.(io.ReaderAt)
	var parts [][]byte
	if random && j.packed == "" && j.encoding == "utf-8" && j.size > dayWhole {
		parts = j.dayParts(at)
	} else {
		whole, _ := io.ReadAll(io.LimitReader(in.text, dayPacked))
		parts = [][]byte{whole}
	}
	d.settle(j.parser, parts)
}

// dayParts reads stretches of a plain file in order, and those in which the date
// changes between two of them.
func (j *job) dayParts(r io.ReaderAt) [][]byte {
	s := newSampler(j, r, j.size)
	var offsets []int64
	var dates []int // of the stretches, as they are read now
	for i := range int64(dayPlaces) {
		offsets = append(offsets, (j.size-sampleSize)/(dayPlaces-1)*i)
		dates = append(dates, s.dateAt(offsets[i]))
	}
	for i, changes := 0, 0; i+1 < dayPlaces && changes < dayChanges; i++ {
		lo, hi := offsets[i], offsets[i+1]
		if dates[i] == dates[i+1] || dates[i] == 0 || dates[i+1] == 0 {
			continue
		}
		for hi-lo > bisectGrain/2 {
			if mid := lo + (hi-lo)/2; s.dateAt(mid) == dates[i] {
				lo = mid
			} else {
				hi = mid
			}
		}
		changes++
		offsets = append(offsets, -lo-1) // marked: a longer stretch
	}
	place := func(o int64) int64 { return max(o, -o-1) }
	slices.SortFunc(offsets, func(a, b int64) int { return cmp.Compare(place(a), place(b)) })
	var parts [][]byte
	end := int64(0)
	for _, o := range offsets {
		size := int64(sampleSize)
		if o < 0 {
			size = 2 * bisectGrain
		}
		from := max(place(o), end)
		if data := s.bytesAt(from, place(o)+size-from); len(data) > 0 {
			parts, end = append(parts, data), place(o)+size
		}
	}
	return parts
}

// dateAt gives the date of the first record behind offset as one number; 0 where
// there is none near.
func (s *sampler) dateAt(offset int64) int {
	for line := range bytes.Lines(s.bytesAt(offset, sampleSize)) {
		if kind, _ := s.parse(bytes.TrimSuffix(line, []byte("\n")), false); kind == KindRecord && s.rec.Timed {
			f := &s.rec.Time
			return (f.Year*16+f.Month)*32 + f.Day
		}
	}
	return 0
}

// bytesAt reads whole lines near offset.
func (s *sampler) bytesAt(offset, size int64) []byte {
	buf := make([]byte, max(min(size, s.size-offset), 0))
	n, _ := s.r.ReadAt(buf, offset)
	buf = buf[:n]
	if offset > 0 {
		buf = buf[min(indexNewline(buf)+1, len(buf)):]
	}
	return buf[:bytes.LastIndexByte(buf, '\n')+1]
}

// daySigns are what speaks for one order of day and month over some stretches of
// a file.
type daySigns struct {
	read   int   // lines that have a time
	back   int   // times that are before the one above by more than an hour
	whole  int   // changes of the date over which the log runs on
	widest int64 // step within a stretch, in seconds
	spread int64 // all steps, added up, in seconds
}

// runsOn is the longest step over a change of the date that lets the log run on,
// and tornBy the shortest that no log of that pace makes, in seconds.
const runsOn, tornBy = 6 * 3600, 20 * 86400

// settle takes the order that the parts speak for.
func (d *dayOrder) settle(p Parser, parts [][]byte) {
	signs := make([]daySigns, len(d.layouts))
	for k := range d.layouts {
		d.take(k)
		signs[k] = readDays(p.Fork(), parts)
	}
	best, proof := 0, ""
	for k := 1; k < len(signs); k++ {
		if signs[k].compare(&signs[best]) < 0 {
			best = k
		}
	}
	d.take(best)
	for k := range signs {
		if k == best {
			continue
		}
		why := signs[best].against(&signs[k])
		if why == "" {
			return // this one stays possible
		}
		proof = why
	}
	d.proof = proof
}

// compare is below zero where s is the likelier.
func (s *daySigns) compare(o *daySigns) int {
	runs := func(a, b *daySigns) int {
		if a.whole > 0 && b.whole == 0 && b.widest > tornBy || a.spread < b.spread/4 {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(o.read, s.read), cmp.Compare(s.back, o.back), runs(o, s)-runs(s, o))
}

// against says what rules the other order out; empty is nothing.
func (s *daySigns) against(o *daySigns) string {
	switch {
	case s.read > o.read:
		return "dates that are none the other way round"
	case s.back < o.back:
		return "the order of the lines"
	case s.whole > 0 && o.whole == 0 && o.widest > tornBy:
		return "lines that run on from day to day"
	}
	return ""
}

// readDays reads the parts with the layout that is taken.
func readDays(p Parser, parts [][]byte) (s daySigns) {
	r := when.NewResolver(when.Zone{}, 2000)
	var rec Record
	last, lastDay := int64(0), 0
	for _, part := range parts {
		fresh := true // the line before is not in this part
		for line := range bytes.Lines(part) {
			if p.Parse(trimLine(bytes.TrimSuffix(line, []byte("\n"))), false, &rec) != KindRecord || !rec.Timed {
				continue
			}
			ns, ok := r.Unix(&rec.Time)
			if !ok {
				continue
			}
			at, day := ns/nsPerSecond, rec.Time.Month*32+rec.Time.Day
			if s.read++; s.read > 1 {
				s.step(at-last, fresh, day != lastDay)
			}
			last, lastDay, fresh = at, day, false
		}
	}
	return s
}

// step takes the time from one line to the next.
func (s *daySigns) step(seconds int64, fresh, changed bool) {
	if seconds < -3600 {
		s.back++
	}
	seconds = max(seconds, -seconds)
	s.spread += seconds
	if fresh {
		return
	}
	s.widest = max(s.widest, seconds)
	if changed && seconds <= runsOn {
		s.whole++
	}
}

// dayProofs counts lines that settle the order of day and month while a file is
// read: those that the order which is taken can read alone, and those that
// another can.
type dayProofs struct {
	taken  int64
	others [4]int64 // by layout
}

func (p *dayProofs) absorb(o *dayProofs) {
	p.taken += o.taken
	for i := range p.others {
		p.others[i] += o.others[i]
	}
}

// disprove looks for a time in a line that could not be dated.
func (p *dayProofs) disprove(d *dayOrder, line []byte) {
	line = line[:min(len(line), 2*maxColumn)]
	for i := range line {
		if !isDigit(line[i]) || i > 0 && isAlnum(line[i-1]) {
			continue
		}
		for k := range d.layouts {
			if k == d.taken || k >= len(p.others) {
				continue
			}
			if _, _, ok := readPrefix(&d.layouts[k], line[i:]); ok {
				p.others[k]++
				return
			}
		}
	}
}

// amendDays takes another order of day and month where more lines prove it than
// the one that was taken.
func (j *job) amendDays(p *dayProofs) bool {
	d := daysOf(j.parser)
	if d == nil {
		return false
	}
	best := 0
	for k := range p.others {
		if p.others[k] > p.others[best] {
			best = k
		}
	}
	if p.others[best] > p.taken {
		d.take(best)
		d.proof = "dates that are none the other way round"
		return true
	}
	if p.taken > 0 && d.proof == "" {
		d.proof = "dates that are none the other way round"
	}
	return false
}
