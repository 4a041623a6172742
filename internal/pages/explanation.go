package pages

import (
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/texts"
)

// checkQuestions requires that the EXPLANATION.md beside a lab's page asks the page's
// questions, after a prediction, and holds no answer yet.
func (p page) checkQuestions(t *testing.T, root string) {
	name := path.Base(p.file)
	if !strings.HasPrefix(p.file, "lab") || !strings.HasPrefix(name, "README") {
		return
	}
	explanation := read(t, root, path.Join(path.Dir(p.file), strings.Replace(name, "README", "EXPLANATION", 1)))
	require.NotEmpty(t, texts.Questions(p.text), "the page asks nothing at its end")
	require.Equal(t, texts.Questions(p.text), texts.Questions(explanation.text), "%s must ask what the page asks", explanation.file)
	given, asked := texts.Answers(explanation.text)
	require.Greater(t, asked, len(texts.Questions(p.text)), "%s must begin with a prediction", explanation.file)
	require.Zero(t, given, "%s is the student's to write", explanation.file)
}
