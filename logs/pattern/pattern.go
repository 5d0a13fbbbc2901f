// Package pattern mines templates from log messages.
//
// It works in two steps, so that many workers give one answer. First each
// message is masked on its own: numbers, addresses, ids and quoted text become
// placeholders, and messages are counted by the masked text (Miner). At the end
// the distinct masked texts are sorted and the similar ones merged (Merge). The
// order in which messages came does not matter to Merge.
package pattern

// Options bound the work. The zero value means the defaults named beside the
// fields.
type Options struct {
	// Max is how many distinct masked texts a Miner holds and how many groups
	// Merge returns; what comes after falls into the overflow bucket. 0 means
	// 10000.
	Max int
	// MaxTokens is how many words of a message count; the rest is one
	// placeholder. 0 means 64.
	MaxTokens int
	// MaxBytes is how many bytes of a message are looked at. 0 means 2048.
	MaxBytes int
}

func (opt Options) withDefaults() Options {
	for _, d := range []struct {
		field *int
		value int
	}{{&opt.Max, 10000}, {&opt.MaxTokens, 64}, {&opt.MaxBytes, 2048}} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	return opt
}

// Overflow is the template of the bucket for texts beyond Options.Max.
const Overflow = "<overflow>"

// Text is a distinct masked text to be merged.
type Text struct {
	Masked string
	Key    string // level, logger or the like; texts of different keys never merge
	Count  int64
	Sample string // a message as it was, to show; may be empty
}

// Group is a set of masked texts that are one template.
type Group struct {
	Template string
	Key      string
	Count    int64
	Texts    int    // how many distinct masked texts it holds
	Sample   string // of the text with the highest count, ties to the lesser text
	Overflow bool   // the bucket for texts beyond Options.Max
}
