package site

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"pir/review/document"
	"pir/review/edition"
)

// Input is one review with the copies of its earlier stages.
type Input struct {
	Review  *document.Document
	Copies  []*document.Document // in any order
	Edition edition.Options      // its audience is that of Options
}

// Options steer Build. The zero value is for customers.
type Options struct {
	// BaseURL is the address of the site, without a query. Without it there is no
	// feed, whose addresses must be whole.
	BaseURL  string
	Audience edition.Audience
	// Drafts puts drafts on sites that have no flag for them too.
	Drafts bool
}

// File is a file of the site. Path is below the root of the site, with slashes.
type File struct {
	Path string
	Data []byte
}

// Refusal is what stands in the way of publishing a review.
type Refusal struct {
	Name    string // of the review
	Finding edition.Finding
}

// Site is all that is to be there.
type Site struct {
	Files   []File    // sorted by path
	Notes   []string  // what was left out, and why
	Refused []Refusal // where there are any, Files is empty
}

// Build makes the files of all reviews. Two reviews with one address are an
// error that names both, since an address must not depend on who else is there.
func Build(inputs []Input, t Target, opt Options) (*Site, error) {
	if t.front == nil {
		return nil, errors.New("there is no such target")
	}
	if opt.Audience == "" {
		opt.Audience = edition.Customer
	}
	b, err := newBuilder(t, opt)
	if err != nil {
		return nil, err
	}
	for _, in := range inputs {
		b.review(in)
	}
	if len(b.site.Refused) > 0 {
		b.site.Files = nil
		return &b.site, nil
	}
	slices.SortStableFunc(b.reviews, newestFirst)
	if err := b.apart(); err != nil {
		return nil, err
	}
	for _, r := range b.reviews {
		b.pages(r)
	}
	if len(b.site.Refused) > 0 {
		b.site.Files = nil
		return &b.site, nil
	}
	b.index()
	return &b.site, b.finish()
}

// apart makes sure that every review has an address of its own.
func (b *builder) apart() error {
	owner := map[string]string{}
	for _, r := range b.reviews {
		paths := []string{b.pathOf(r.slug, "")}
		for i, s := range r.stages[1:] {
			paths = append(paths, b.pathOf(r.slug, s.name), b.pathOf(r.slug, changesName(r.stages[i].name)))
		}
		for _, p := range paths {
			if other, taken := owner[p]; taken {
				return fmt.Errorf("%s and %s would have one address, %s: give each an id of its own", other, r.name, strings.TrimSuffix(p, ".md"))
			}
			owner[p] = r.name
		}
	}
	return nil
}

// finish sorts the files.
func (b *builder) finish() error {
	files := b.site.Files
	slices.SortFunc(files, func(x, y File) int { return strings.Compare(x.Path, y.Path) })
	for i := 1; i < len(files); i++ {
		if files[i].Path == files[i-1].Path {
			return fmt.Errorf("two pages would be the file %s: give each review an id of its own", files[i].Path)
		}
	}
	return nil
}
