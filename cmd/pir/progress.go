package main

import (
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far the reading of logs is. The zero value shows nothing.
type progress struct {
	app *app
	mu  sync.Mutex // several readers report
	bar *progressbar.ProgressBar
}

// progress is shown to a person only, on stderr, and wiped at the end.
func (a *app) progress() *progress {
	if !a.errIsTTY || a.settings.quiet || a.settings.noProgress {
		return &progress{}
	}
	return &progress{app: a}
}

// barFrom is the size in bytes from which logs are worth a bar.
const barFrom = 32 << 20

func (p *progress) update(done, total int64) {
	if p.app == nil || total < barFrom {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar == nil {
		p.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(p.app.err),
			progressbar.OptionSetDescription("reading logs"),
			progressbar.OptionShowBytes(true),
			progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	if p.bar.GetMax64() != total {
		p.bar.ChangeMax64(total) // a file turned out to be shorter, or to need more
	}
	// A bar that cannot be drawn is no reason to stop.
	_ = p.bar.Set64(done)
}

func (p *progress) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
