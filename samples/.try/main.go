package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"pir/logs/edge"
	"pir/source"
)

func gz(p string) *bufio.Scanner {
	f, _ := os.Open(p)
	z, _ := gzip.NewReader(f)
	s := bufio.NewScanner(z)
	return s
}
func show(name string, counts, totals []int64, start time.Time) {
	fmt.Println("==", name)
	for _, s := range edge.Find(counts, totals, edge.Options{}) {
		c := func(i int) string { return start.Add(time.Duration(i) * time.Minute).Format("15:04") }
		fmt.Printf("%s-%s  start[%s..%s] end[%s..%s] rate %.2f before %.2f after %.2f base %.2f above %v open %v %s\n", c(s.Start), c(s.End), c(s.StartLo), c(s.StartHi), c(s.EndLo), c(s.EndHi), s.Rate, s.RateBefore, s.RateAfter, s.Baseline, s.Above, s.OpenEnd, s.Rule)
	}
}
func main() {
	start := time.Date(2024, 7, 30, 10, 0, 0, 0, time.UTC)
	d := "samples/azure-2024-07-30/"
	n := 660
	cnt, tot := make([]int64, n), make([]int64, n)
	for s := gz(d + "logs/edge-access.log.gz"); s.Scan(); {
		l := s.Text()
		_, r, _ := strings.Cut(l, "[")
		t, _ := time.Parse("02/Jan/2006:15:04:05 -0700", r[:26])
		i := int(t.Sub(start) / time.Minute)
		tot[i]++
		if strings.Contains(l, `" 50`) {
			cnt[i]++
		}
	}
	show("edge", cnt, tot, start)
	show("edge no totals", cnt, nil, start)
	p := make([]int64, n)
	for s := gz(d + "logs/portal.jsonl.gz"); s.Scan(); {
		l := s.Text()
		t, _ := time.Parse(time.RFC3339, l[9:33])
		if strings.Contains(l, `"error"`) {
			p[int(t.Sub(start)/time.Minute)]++
		}
	}
	show("portal", p, nil, start)
	g := make([]int64, n)
	for s := gz(d + "logs/guard.log.gz"); s.Scan(); {
		l := s.Text()
		t, _ := time.Parse(time.RFC3339, l[:24])
		if strings.Contains(l, `WARN`) {
			g[int(t.Sub(start)/time.Minute)]++
		}
	}
	show("guard warn", g, nil, start)
	c := make([]int64, 91)
	cs := time.Date(2025, 9, 17, 11, 45, 0, 0, time.UTC)
	f, _ := os.Open("samples/checkout-rollback/checkout.jsonl")
	for s := bufio.NewScanner(f); s.Scan(); {
		l := s.Text()
		t, err := time.Parse(time.RFC3339, l[9:33])
		if err == nil && strings.Contains(l, `"error"`) {
			c[int(t.Sub(cs)/time.Minute)]++
		}
	}
	show("checkout", c, nil, cs)
	for _, fn := range os.Args[1:] {
		kind, path, _ := strings.Cut(fn, ":")
		b, _ := os.ReadFile(path)
		ff, how := source.Detect(path, b[:min(len(b), 65536)])
		if ff != nil {
			fmt.Println("== ", path, "detected", ff.Name, how)
		} else {
			fmt.Println("== ", path, "not detected")
		}
		if kind != "" {
			ff, _ = source.Find(kind)
		}
		if ff == nil {
			continue
		}
		doc := source.Document{Name: path, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
		for e, err := range ff.Parse(context.Background(), doc, source.Options{Source: "x"}) {
			if err != nil {
				fmt.Println("ERR", err)
				continue
			}
			fmt.Printf("%s %s|%s|%s|%s|%s|%v\n", e.Time.Format("01-02 15:04:05"), e.Kind, e.Topic, e.Title, strings.ReplaceAll(e.Body, "\n", "\\n"), e.Origins[0], e.Flags)
			if e.Action != nil {
				fmt.Printf("      action %+v\n", *e.Action)
			}
			for _, c := range e.Claims {
				fmt.Printf("      %s %s na=%s %s %s by=%s %q\n", c.Milestone, c.Time.Format("15:04:05"), c.NotAfter.Format("15:04:05"), c.Rung, c.Rule, c.By, c.Quote)
			}
		}
	}
}
