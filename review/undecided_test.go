package review

import (
	"errors"
	"strings"
	"testing"
)

// TestUpdateRefusesConflicts: while both texts of a conflict stand in a page,
// nobody knows what of it is written.
func TestUpdateRefusesConflicts(t *testing.T) {
	good := string(sampleReview(t, checkout).Source)
	row := "| 12:39 |"
	heading := "## What happened?\n"
	for _, c := range []struct {
		what, before, insert string
		refused              bool
	}{
		{"git, in a table", row, "<<<<<<< HEAD\n", true},
		{"the last of three, left behind", row, ">>>>>>> branch\n", true},
		{"the middle, left behind", row, "=======\n", true},
		{"the base of diff3", row, "||||||| 3f1c2aa\n", true},
		{"ours, in a table", row, "| <<<<<<< yours |\n", true},
		{"ours, padded by a formatter", row, "| ======= |  |  |\n", true},
		{"git, in prose", heading, "<<<<<<< HEAD\n\nOne.\n\n=======\n\nTwo.\n\n>>>>>>> branch\n\n", true},
		{"git, with line ends of Windows", heading, "<<<<<<< HEAD\r\n", true},
		{"a heading, underlined", heading, "A word\n=======\n\n", false},
		{"an example in code", heading, "```\n<<<<<<< HEAD\n=======\n>>>>>>> branch\n```\n\n", false},
		{"in a sentence", heading, "We saw <<<<<<< HEAD in the file.\n\n", false},
		{"an empty row", row, "||||||||\n", false},
	} {
		at := strings.Index(good, "\n"+c.before) + 1
		if at == 0 {
			t.Fatalf("%s: the sample has no %q", c.what, c.before)
		}
		d := parsedWith(t, []byte(good[:at]+c.insert+good[at:]), checkoutSidecar(t))
		_, err := Update(d, d.Sidecar.Timeline, UpdateOptions{Options: Again(d)})
		var conflict *ConflictError
		if errors.As(err, &conflict) != c.refused {
			t.Errorf("%s: %v", c.what, err)
		} else if line := strings.Count(good[:at], "\n") + 1; c.refused && conflict.Line != line {
			t.Errorf("%s: line %d, want %d", c.what, conflict.Line, line)
		}
	}
}
