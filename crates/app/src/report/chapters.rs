//! The order in which a reader asks: what do I have, what should worry me, whom should I go after, who are
//! they, what to do on Monday. Every section belongs to one question.

use super::Section;
use super::voice::Voice;

/// The questions with their sections, both in the order of the page.
const CHAPTERS: [(&str, &[&str]); 6] = [
    (
        "have",
        &["summary", "rfm", "abc-xyz", "ltv", "stages", "volume", "goods", "attributes", "clusters", "rules"],
    ),
    ("worry", &["worries", "changes", "cohorts"]),
    ("whom", &["targets", "prediction", "readiness", "origins", "deals", "effort", "market"]),
    ("who", &["profile", "portraits", "needs", "interests"]),
    ("monday", &["first", "plan"]),
    ("how", &["methods", "sources"]),
];

/// One question with what answers it.
pub(super) struct Chapter {
    /// Anchor of the chapter.
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) sections: Vec<Section>,
}

/// Puts sections under their questions; a question without an answer is left out.
pub(super) fn chapters(voice: &Voice, mut sections: Vec<Section>) -> Vec<Chapter> {
    let mut chapters = Vec::new();
    for (id, of) in CHAPTERS {
        let mut own = Vec::new();
        for name in of {
            if let Some(at) = sections.iter().position(|section| section.id == *name) {
                own.push(sections.remove(at));
            }
        }
        if !own.is_empty() {
            let title = voice.say(&format!("chapter-{id}"));
            chapters.push(Chapter { id, title, sections: own });
        }
    }
    debug_assert!(sections.is_empty(), "a section belongs to no chapter");
    chapters
}
