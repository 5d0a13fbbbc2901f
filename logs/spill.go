package logs

import (
	"errors"
	"io"
)

// memory is a Spill for those who have no disk.
type memory struct{ data []byte }

func (m *memory) Write(p []byte) (int, error) {
	m.data = append(m.data, p...)
	return len(p), nil
}

func (m *memory) ReadAt(p []byte, at int64) (int, error) {
	if at < 0 || at >= int64(len(m.data)) {
		return 0, io.EOF
	}
	n := copy(p, m.data[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (m *memory) Close() error { return nil }

// mostIndex is how many bytes of indexes stay in memory.
const mostIndex = 32 << 20

// store keeps the indexes of chunks, the first of them in memory.
type store struct {
	open  func() (Spill, error)
	used  int64
	spill Spill
	size  int64 // of the spill
}

// add keeps the index of a chunk.
func (s *store) add(c *lineChunk) error {
	if s.used += int64(c.size); s.used <= mostIndex {
		return nil
	}
	if s.spill == nil {
		var err error
		if s.spill, err = s.open(); err != nil {
			return err
		}
	}
	if _, err := s.spill.Write(c.index); err != nil {
		return err
	}
	c.index, c.place = nil, s.size
	s.size += int64(c.size)
	return nil
}

// read gives the index of a chunk; buf is memory to use.
func (s *store) read(c *lineChunk, buf []byte) ([]byte, error) {
	if c.index != nil || c.size == 0 {
		return c.index, nil
	}
	if cap(buf) < c.size {
		buf = make([]byte, c.size)
	}
	n, err := s.spill.ReadAt(buf[:c.size], c.place)
	if n < c.size {
		return nil, errors.Join(err, io.ErrUnexpectedEOF)
	}
	return buf[:n], nil
}

func (s *store) close() {
	if s.spill != nil {
		s.spill.Close()
	}
}
