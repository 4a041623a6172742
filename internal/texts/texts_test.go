package texts_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/texts"
)

const explanation = `# Lab 9: my explanation

Write below each question.

## Before the first run

> How long will it take, and
> why do you think so?

## What I saw

> What was printed:

` + "```text\n\n```" + `

> 1. Who decides the
> order?

> 2. Why?
`

func replace(old, new string) string { return strings.Replace(explanation, old, new, 1) }

func TestAnswers(t *testing.T) {
	for text, want := range map[string]int{
		explanation:                        0,
		explanation + "Because of x.\nAnd": 1,
		explanation + "\n\nBecause.\n\nAnd more.\n\n## A heading\n":            1,
		replace("```text\n", "```text\nhowdy\n") + "Because":                   2,
		replace("so?\n", "so?\n\nTwo seconds.\n"):                              1,
		replace("order?\n", "order?\nNobody.\n") + "\n\nNobody.":               2,
		replace("each question.\n", "each question.\n\nMine begins here.\n\n"): 0,
	} {
		given, asked := texts.Answers(text)
		require.Equal(t, 4, asked, text)
		require.Equal(t, want, given, text)
	}
}

func TestQuestions(t *testing.T) {
	want := []string{"Who decides the order?", "Why?"}
	require.Equal(t, want, texts.Questions(explanation))
	require.Equal(t, want, texts.Questions("## Explain\n\n1. Who decides\n   the order?\n2. Why?\n\nThen compare."))
	require.Empty(t, texts.Questions("Version 1.25 is new.\n\n- one\n"))
}

const page = `# Lab 9

| TODO | what | tests that turn green |
|---|---|---|
| 1 | one | ` + "`TestA`" + ` |
| 2 and 3 | both | ` + "`TestB`, `TestC`" + ` |

## Common mistakes

| mistake | how it shows |
|---|---|
| no room | ` + "`deadlock:`, and `waits: chan send` in `Spawn`" + ` |
| too late | ` + "`TestC`: `too late`" + ` |
| by luck | green; ` + "`go test -race` says `DATA RACE`" + ` |
`

func TestMistakes(t *testing.T) {
	rows := texts.Mistakes(page)
	require.Len(t, rows, 3)
	require.Equal(t, "no room", rows[0].Mistake)
	require.Equal(t, "`TestC`: `too late`", rows[1].Shows)
	for message, want := range map[string][]int{
		"deadlock: x\n Spawn waits: chan send": {0},
		"hang: x\n Run waits: chan send":       {0}, // a phrase of it
		"Spawn is red":                         nil, // a word of it
		"--- FAIL: TestC\n two hours too late": {1},
		"WARNING: DATA RACE":                   {2},
		"all is well":                          nil,
	} {
		require.Equal(t, want, texts.Fit(rows, message), message)
	}
}

func TestTODOOf(t *testing.T) {
	for test, want := range map[string]string{"TestA": "1", "TestB": "2", "TestC": "2"} {
		got, ok := texts.TODOOf(page, test)
		require.True(t, ok)
		require.Equal(t, want, got)
	}
	_, ok := texts.TODOOf(page, "TestD")
	require.False(t, ok)
	number, ok := texts.TODOOf("| TODO | what | `TestA` |", "TestA")
	require.True(t, ok)
	require.Empty(t, number)
}

func TestHints(t *testing.T) {
	one := "<details><summary>Hint 1</summary>\n\nLook at `x`.\n\n</details>\n"
	two := "<details><summary>Hint 2</summary>\n\nA:\n\n```go\nx := <-c\n```\n\n</details>\n"
	require.Equal(t, map[string][]string{
		"1": {"Look at `x`.", "A:\n\n```go\nx := <-c\n```"},
		"2": {"Look at `x`."},
	}, texts.Hints("# Lab 9: hints\n\n## Part 1, the room\n\n### TODO 1\n\n"+one+two+"\n### TODO 2\n\n"+one))
	require.Equal(t, map[string][]string{"": {"Look at `x`."}}, texts.Hints("## TODO\n\n"+one))
}
