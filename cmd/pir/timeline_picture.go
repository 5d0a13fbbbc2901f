package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"pir/internal/chart"
	"pir/timeline"
)

// picture is how a picture is asked for.
type picture struct {
	width int
	theme string
}

// Themes of a picture.
const (
	themeLight = "light"
	themeDark  = "dark"
)

// pictureFormats are the forms that take --width and --theme.
var pictureFormats = []string{"svg"}

// pictureFlags adds the flags of a picture.
func (a *app) pictureFlags(c *cobra.Command) {
	c.Flags().IntVar(&a.picture.width, "width", 960, "width of the svg in `pixels`, 320 to 2400; below 640 it is laid out for a phone")
	c.Flags().StringVar(&a.picture.theme, "theme", themeLight, "`colours` of the svg: light, dark")
	completeWords(c, "theme", []string{themeLight, themeDark})
}

// checkPicture is an error where the flags of a picture go with no picture, or
// are out of bounds.
func (a *app) checkPicture(c *cobra.Command, format string) error {
	for _, name := range []string{"width", "theme"} {
		if c.Flags().Changed(name) && oneOf(format, pictureFormats...) != nil {
			return misuse(errors.New("--"+name+" goes with --format svg"), "")
		}
	}
	if a.picture.width < 320 || a.picture.width > 2400 {
		return misuse(fmt.Errorf("--width: %d is not from 320 to 2400", a.picture.width), "")
	}
	if err := oneOf(a.picture.theme, themeLight, themeDark); err != nil {
		return misuse(fmt.Errorf("--theme: %w", err), "")
	}
	return nil
}

// chartOptions are what every picture of the run has in common: the part that the
// user looks at.
func (a *app) chartOptions() chart.Options {
	o := chart.Options{Rows: true}
	if s := a.within; !s.aroundFrom.IsZero() {
		o.From, o.To = s.aroundFrom, s.aroundTo
	} else if !s.from.IsZero() && !s.to.IsZero() {
		o.From, o.To = s.from, s.to
	}
	return o
}

func writeSVG(a *app, w io.Writer, t *timeline.Timeline) error {
	o := a.chartOptions()
	o.Width, o.Dark = a.picture.width, a.picture.theme == themeDark
	_, err := w.Write(chart.SVG(t, o))
	return err
}

func writeMermaid(_ *app, w io.Writer, t *timeline.Timeline) error {
	_, err := io.WriteString(w, chart.Mermaid(t))
	return err
}
