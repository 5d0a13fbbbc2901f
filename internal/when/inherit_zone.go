package when

// findZones notes for each sentence, and for the text, the only zone named in
// it.
func (r *reading) findZones() {
	last := 0
	if n := len(r.items); n > 0 {
		last = r.items[n-1].sentence
	}
	r.zones = make([]onlyZone, last+1)
	var text onlyZone
	for i := range r.items {
		it := &r.items[i]
		for _, e := range []*endpoint{&it.a, &it.b} {
			if e.hasZone {
				r.zones[it.sentence].add(e.zone)
				text.add(e.zone)
			}
		}
		for _, e := range []*endpoint{&it.b, &it.a} {
			if r.year == 0 && e.hasDate && e.date.kind == dayDate {
				r.year = e.date.y
			}
		}
	}
	r.text = text.zone
}

// onlyZone is the zone of a stretch of text, while only one is named there.
type onlyZone struct {
	zone zoneRef
	many bool
}

func (o *onlyZone) add(z zoneRef) {
	if o.many || o.zone.known() && o.zone.key() != z.key() {
		*o = onlyZone{many: true}
		return
	}
	o.zone = z
}

// zoneOf settles the zone of an endpoint that names none, and says what gave
// it.
func (r *reading) zoneOf(i int, e *endpoint) (zoneRef, ZoneFrom) {
	it := &r.items[i]
	switch {
	case e.hasZone:
		return e.zone, ZoneRecord
	case it.ranged && it.b.hasZone:
		return it.b.zone, ZoneRecord
	case it.ranged && it.a.hasZone:
		return it.a.zone, ZoneRecord
	}
	if z := r.zones[it.sentence].zone; z.known() {
		return z, ZoneRecord
	}
	if z := r.nearestZone(i); z.known() {
		return z, ZoneRecord
	}
	if r.declared.known() {
		return r.declared, ZoneDocument
	}
	if r.text.known() && r.ref.Zone.From != ZoneDocument {
		return r.text, ZoneRecord
	}
	return r.ref.Zone.ref(), r.ref.Zone.from()
}

// declaredZone finds a zone that a text declares for all its times: "(times in
// BST)", "All times are UTC", the "Timestamp (PST)" over a column.
func declaredZone(s string) zoneRef {
	for i := 0; i < len(s); i++ {
		if s[i]|0x20 != 't' || i > 0 && wordAt(s, i-1) {
			continue
		}
		for _, w := range []string{"timestamps", "timestamp", "times", "time"} {
			if !hasWord(s, i, w) || w == "time" && byteAt(s, backSpace(s, i)-1) != '|' && !atLineStart(s, i) {
				continue
			}
			j := skipMarkup(s, i+len(w))
			for _, link := range []string{"are", "is", "given", "shown", "listed", "in"} {
				if hasWord(s, j, link) {
					j = skipMarkup(s, j+len(link))
				}
			}
			if z, _, ok := readZone(s, j, false); ok {
				return z
			}
		}
	}
	return zoneRef{}
}

// nearestZone is the zone of the nearest time in the same sentence that names
// one, the one in front where two are equally near.
func (r *reading) nearestZone(i int) zoneRef {
	for d := 1; d < reach && r.zones[r.items[i].sentence].many; d++ {
		for _, k := range []int{i - d, i + d} {
			if k < 0 || k >= len(r.items) || r.items[k].sentence != r.items[i].sentence {
				continue
			}
			if it := &r.items[k]; it.ranged && it.b.hasZone {
				return it.b.zone
			} else if it.a.hasZone {
				return it.a.zone
			}
		}
	}
	return zoneRef{}
}
