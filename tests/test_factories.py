"""The spaCy components: in any pipeline that fits, refused with a remedy in one that does not."""

from __future__ import annotations

import json
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import star_analyzer
from star_analyzer import Analyzer, Part, PipelineError
from star_analyzer.evidence import PARTS
from star_analyzer.lexicons import load_lexicons
from star_analyzer.nlp.extract import extract
from star_analyzer.nlp.parts import KEY, PartReader
from star_analyzer.nlp.pipeline import SEGMENTS_KEY, label_words, load_pipeline

ANSWER = "Our oven broke in May. I was asked to fix it. I called the engineer and bought two parts. As a result, we saved 300 euros."


@pytest.fixture(scope="module")
def own() -> Language:
    """A pipeline as a user of spaCy puts it together."""
    nlp = load_pipeline()
    nlp.add_pipe("star_parts")
    return nlp


MODEL = Path(star_analyzer.__file__).parent / "nlp" / "model"


def labelled(doc: Doc) -> list[tuple[str, str]]:
    """The sentences of a document with their parts."""
    return [(s.text, s.label_) for s in doc.spans["star_sentences"]]


def test_factories_are_entry_points() -> None:
    """SpaCy finds both components through the installed package."""
    names = {e.name for e in entry_points(group="spacy_factories")}
    assert {"star_boundaries", "star_parts"} <= names


def test_star_parts_can_be_added(own: Language) -> None:
    """With load_pipeline() and add_pipe() a document gets a part for every sentence."""
    doc = own(ANSWER)
    assert [s.text for s in doc.spans["star_sentences"]] == [s + "." for s in ANSWER.rstrip(".").split(". ")]
    assert {s.label_ for s in doc.spans["star_sentences"]} <= set(PARTS)
    assert len(doc.user_data[KEY]) == 4


def test_cues_are_entries_of_the_lexicons(own: Language) -> None:
    """Every span in star_cues carries the id of a cue, and obvious wording is found."""
    doc = own(ANSWER)
    cues = list(doc.spans["star_cues"])
    known = load_lexicons().cues
    assert {c.label_ for c in cues} <= set(known)
    assert any(known[c.label_].kind.startswith("task.") and "asked" in c.text for c in cues)
    assert any(known[c.label_].kind.startswith("result.") and "result" in c.text.lower() for c in cues)


def test_annotations_survive_bytes(own: Language) -> None:
    """Labels, spans and user data are the same after Doc.to_bytes and from_bytes."""
    doc = own(ANSWER)
    again = Doc(own.vocab).from_bytes(doc.to_bytes())
    for key in ("star_sentences", "star_cues"):
        spans = [(s.start, s.end, s.label_) for s in doc.spans[key]]
        assert spans
        assert [(s.start, s.end, s.label_) for s in again.spans[key]] == spans
    for key in (KEY, SEGMENTS_KEY):
        assert json.dumps(again.user_data[key]) == json.dumps(doc.user_data[key])


def test_evidence_of_a_restored_document_is_the_same(own: Language) -> None:
    """A document stored and read again gives the same evidence."""
    reader = own.get_pipe("star_parts")
    assert isinstance(reader, PartReader)
    doc = own(ANSWER)
    again = Doc(own.vocab).from_bytes(doc.to_bytes())
    assert extract(again, again.text, reader.weights, reader.claims, "x") == extract(doc, doc.text, reader.weights, reader.claims, "x")


def test_pipe_gives_what_single_calls_give(own: Language) -> None:
    """A document's labels do not depend on the batch it came in."""
    texts = [ANSWER, "We were late. I called her.", "um so we had a fire and i ran out and i called everyone and they came"]
    for doc, text in zip(own.pipe(texts, batch_size=2), texts, strict=True):
        assert labelled(doc) == labelled(own(text))


def test_an_empty_document(own: Language) -> None:
    """No text gives no sentences, and no error."""
    for text in ("", "   \n "):
        doc = own(text)
        assert len(doc.spans["star_sentences"]) == 0
        assert doc.user_data[KEY] == []


def test_analyze_pipes_lists_the_components(own: Language) -> None:
    """SpaCy's analysis of the pipeline knows both components and finds nothing missing."""
    found = own.analyze_pipes()
    assert {"star_boundaries", "star_parts"} <= set(found["summary"])
    assert "token.is_sent_start" in found["summary"]["star_boundaries"]["assigns"]
    assert found["problems"]["star_parts"] == []


def test_a_pipeline_survives_the_disk(own: Language, tmp_path: Path) -> None:
    """A pipeline with both components is saved and loaded, and reads the same."""
    own.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    expected = labelled(own(ANSWER))
    assert labelled(again(ANSWER)) == expected
    report = Analyzer(pipeline=str(tmp_path / "saved")).analyze(ANSWER)
    assert [(report.quote(s), s.part.value) for s in report.sentences] == expected


# ---- pipelines that do not fit


def test_unknown_pipeline_name() -> None:
    """A pipeline that is not installed gives an error with its name and the remedy."""
    with pytest.raises(PipelineError, match=r"en_no_such_pipeline.*install it first, or leave the name out"):
        load_pipeline("en_no_such_pipeline")


def test_unknown_pipeline_name_through_the_analyzer() -> None:
    """The analyzer gives the same error when the first answer comes, each time."""
    analyzer = Analyzer(pipeline="en_no_such_pipeline")
    for _ in range(2):
        with pytest.raises(PipelineError, match="install it first"):
            analyzer.analyze(ANSWER)


def test_a_folder_without_a_pipeline(tmp_path: Path) -> None:
    """A folder that holds no pipeline is a PipelineError too."""
    with pytest.raises(PipelineError):
        load_pipeline(str(tmp_path))


def test_a_pipeline_without_a_parser(tmp_path: Path) -> None:
    """A pipeline that cannot parse is refused by name of what it lacks."""
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(PipelineError, match=r"parser.*lemmatizer"):
        load_pipeline(str(tmp_path / "blank"))


@pytest.mark.parametrize("lacks", ["tagger", "parser", "lemmatizer"])
def test_a_pipeline_that_lacks_a_needed_component(tmp_path: Path, lacks: str) -> None:
    """Without tagger, parser or lemmatizer parts cannot be read, as load_pipeline says."""
    spacy.load(MODEL, exclude=[lacks]).to_disk(tmp_path / "poor")
    with pytest.raises(PipelineError, match=lacks):
        load_pipeline(str(tmp_path / "poor"))


def test_star_boundaries_behind_the_parser(tmp_path: Path) -> None:
    """A wrong order, which spaCy lets pass, is refused."""
    nlp = spacy.load(MODEL, exclude=["star_boundaries"])
    nlp.add_pipe("star_boundaries", last=True)
    nlp.to_disk(tmp_path / "late")
    with pytest.raises(PipelineError, match="before"):
        load_pipeline(str(tmp_path / "late"))


def test_star_parts_without_a_parser() -> None:
    """The component says what it needs when it meets a document that was not parsed."""
    nlp = spacy.blank("en")
    nlp.add_pipe("star_parts")
    with pytest.raises(PipelineError, match="parse"):
        nlp("I went home.")


def test_star_parts_without_star_boundaries() -> None:
    """The component names star_boundaries when that is missing."""
    nlp = spacy.load(MODEL, exclude=["star_boundaries"])
    nlp.add_pipe("star_parts")
    with pytest.raises(PipelineError, match="star_boundaries"):
        nlp("I went home.")


def test_components_can_be_removed() -> None:
    """The loaded pipeline is an ordinary one for spaCy: its components can be removed."""
    nlp = load_pipeline()
    nlp.remove_pipe("star_boundaries")
    assert "star_boundaries" not in nlp.pipe_names


# ---- overlays


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """A folder whose lexicon makes "upshot" a label of the result and nothing else."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "mine.toml").write_text(
        'schema = 1\nid = "mine"\nversion = "1"\nlanguage = "en"\nsource = "me"\nlicence = "MIT"\n'
        '[[class]]\nid = "label_result"\npos = "noun"\nwords = ["upshot", "the bottom line"]\n'
        'examples = ["Upshot: sales rose."]\ncounter_examples = ["We sat down."]\n',
        encoding="utf-8",
    )
    return folder


LABELLED = "Context: our shop was slow in May.\nUpshot: the queue was gone by noon."


def test_an_overlay_label_announces_a_section(overlay: Path, analyzer: Analyzer) -> None:
    """A label word of an overlay is taken for a label, cut off the sentence and carried into the report."""
    report = Analyzer(lexicons=overlay).analyze(LABELLED)
    assert [report.quote(s) for s in report.sentences] == ["our shop was slow in May.", "the queue was gone by noon."]
    assert [s.section for s in report.sentences] == [Part.SITUATION, Part.RESULT]
    assert Part.RESULT not in [s.section for s in analyzer.analyze(LABELLED).sentences]


def test_an_overlay_changes_the_fingerprint(overlay: Path, analyzer: Analyzer) -> None:
    """Reports made with an overlay say so in their provenance."""
    assert Analyzer(lexicons=str(overlay)).analyze(ANSWER).provenance.lexicons != analyzer.analyze(ANSWER).provenance.lexicons


def test_an_overlay_replaces_an_entry(overlay: Path) -> None:
    """The words of a replaced class are gone, those of the other labels stay."""
    words = label_words(overlay)
    assert words["upshot"] == "result"
    assert "outcome" not in words
    assert words["task"] == "task"
    assert label_words()["outcome"] == "result"


def test_an_overlay_through_spacy_config(overlay: Path) -> None:
    """The components take the overlay folder from their own config as well."""
    nlp = load_pipeline(overlay=overlay)
    nlp.add_pipe("star_parts", config={"overlay": str(overlay)})
    assert [unit["section"] for unit in nlp(LABELLED).user_data[KEY]] == ["situation", "result"]


@pytest.mark.parametrize("weights", ["{ action = inf }", "{ action = nan }", "{ acton = 2.0 }"])
def test_overlay_weights_that_make_no_sense_are_refused(tmp_path: Path, weights: str) -> None:
    """Weights that are no finite number, or for a part that there is not, are a lexicon error."""
    (tmp_path / "mine.toml").write_text(
        'schema = 1\nid = "mine"\nversion = "1"\nlanguage = "en"\nsource = "me"\nlicence = "MIT"\n'
        '[[cue]]\nid = "action.mine"\nkind = "action.mine"\npatterns = ["called the engineer"]\n'
        f'weights = {weights}\nexamples = ["I called the engineer."]\ncounter_examples = ["No."]\n',
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match=r"action\.mine"):
        load_lexicons(tmp_path)


def test_overlay_weights_are_used(tmp_path: Path) -> None:
    """A phrase with a strong weight of its own decides the part and is shown as the reason."""
    (tmp_path / "mine.toml").write_text(
        'schema = 1\nid = "mine"\nversion = "1"\nlanguage = "en"\nsource = "me"\nlicence = "MIT"\n'
        '[[cue]]\nid = "reflection.mine"\nkind = "reflection.mine"\npatterns = ["called the engineer"]\n'
        'weights = { reflection = 30.0 }\nexamples = ["I called the engineer."]\ncounter_examples = ["No."]\n',
        encoding="utf-8",
    )
    sentence = Analyzer(lexicons=tmp_path).analyze(ANSWER).sentences[2]
    assert sentence.part is Part.REFLECTION
    assert sentence.cues[0].name == "phrase:reflection.mine"
    assert sentence.cues[0].weight == 30.0
