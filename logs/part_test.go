package logs

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestLateLineOutsideThePart: a line of the window that stands far behind it is
// not seen where a part is read, which the row says, and is seen in a whole
// reading.
func TestLateLineOutsideThePart(t *testing.T) {
	var b bytes.Buffer
	start := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	for i := range 200_000 {
		if i == 170_123 {
			fmt.Fprintf(&b, "%s ERROR late\n", start.Add(4*time.Hour).Format(time.RFC3339))
		}
		fmt.Fprintf(&b, "%s INFO n=%06d %s\n", start.Add(time.Duration(i)*432*time.Millisecond).Format(time.RFC3339), i, strings.Repeat("x", 20))
	}
	opt := Options{From: start.Add(4 * time.Hour), To: start.Add(5 * time.Hour)}
	for _, whole := range []bool{false, true} {
		opt.Whole = whole
		s := scanAll(t, oneFile(b.Bytes()), opt).Sources[0]
		want, said := int64(8333), true
		if whole {
			want, said = 8334, false
		}
		if s.InWindow != want || strings.Contains(s.Detail, "are not seen") != said || (s.BytesRead == s.BytesTotal) != whole {
			t.Errorf("whole %t: %d in the window, want %d; %d of %d bytes; %s", whole, s.InWindow, want, s.BytesRead, s.BytesTotal, s.Detail)
		}
	}
}
