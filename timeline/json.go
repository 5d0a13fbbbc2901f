package timeline

import (
	"errors"
	"io"
)

// WriteJSON writes the timeline in the form Schema, indented by two spaces.
// Every key is present: an unknown value is null, an empty list is [].
func (t *Timeline) WriteJSON(w io.Writer) error { return errors.New("not written yet") }

// ReadJSON reads what WriteJSON wrote. A timeline that is read and written
// again gives the same bytes. The error names the line of bad JSON, and an
// unknown schema.
func ReadJSON(r io.Reader) (*Timeline, error) { return nil, errors.New("not read yet") }
