// Command pir makes a post-incident review out of what an incident left
// behind: logs, alerts, pages, status posts and notes.
//
// It merges them into one timeline, marks the milestones with the evidence for
// each, and drafts the review as Markdown. Every time and number cites a file
// and a line. What is not known is told as not known, and where sources
// disagree both are shown. The same inputs give the same bytes.
//
//	pir new DIR           begin an incident: its pir.yaml, what to export
//	pir timeline DIR      the merged timeline
//	pir explain WHAT DIR  why a milestone has its time, where an event comes from
//	pir draft DIR         a new review
//
// "pir help" lists all commands and topics.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// release is the version of the program.
const release = "0.1.0-dev"

// world is what enters the program from outside.
type world struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
	columns  func() int       // width of the terminal at out; 0 when there is none
	errIsTTY bool             // a person watches err
	now      func() time.Time // the clock; nil is none
}

func main() { os.Exit(start(os.Args[1:])) }

// start runs the program in its process, whose signals it takes.
func start(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)   // a second signal ends the program as it is
	signal.Ignore(syscall.SIGPIPE) // a write tells it, and what is temporary goes
	return run(ctx, realWorld(), args)
}

// run does what the arguments say and gives the exit status.
func run(ctx context.Context, w world, args []string) int {
	a := newApp(w)
	defer a.clean()
	root := rootCommand(a)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil || errors.Is(err, syscall.EPIPE) { // a reader like head had enough
		return done
	}
	var exit *exitError
	if !a.begun && !errors.As(err, &exit) {
		err = misuse(err, "pir help")
	}
	a.voice.failure(err)
	return status(err)
}
