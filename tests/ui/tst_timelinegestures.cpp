// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/timelinestage.h"

#include <array>
#include <random>

namespace {

// Three lanes; a second is about a pixel, and the ruler has a tick every 30 or 60 seconds.
constexpr auto GesturesText = R"({
  "name": "Editing", "description": "", "duration_minutes": 12,
  "incidents": [
    { "delay_seconds": 60, "type": "llm_generated", "llm_prompt": "First", "service_name": "a" },
    { "delay_seconds": 180, "type": "llm_generated", "llm_prompt": "Second", "service_name": "a" },
    { "delay_seconds": 307, "type": "llm_generated", "llm_prompt": "Third", "service_name": "b" },
    { "delay_seconds": 480, "type": "llm_generated", "llm_prompt": "Fourth", "service_name": "b" },
    { "delay_seconds": 540, "type": "llm_generated", "llm_prompt": "Fifth", "service_name": "c" }
  ],
  "markers": [ { "at_seconds": 413, "name": "Wave" } ],
  "lanes": [ { "service": "a" }, { "service": "b" }, { "service": "c", "locked": true } ]
})";

} // namespace

/** Gestures at random, inside the view: what is dragged out of it belongs to the system. */
class TestTimelineGestures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesWhateverOneDoes_data();
    void survivesWhateverOneDoes();
};

void TestTimelineGestures::survivesWhateverOneDoes_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 8; ++seed) {
        QTest::addRow("%u", seed) << seed;
    }
}

void TestTimelineGestures::survivesWhateverOneDoes()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    TimelineStage stage(GesturesText);
    TimelineView &view = stage.view;
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const Timeline before = stage.document.timeline();
    const auto somewhere = [&] {
        return QPoint(int(random() % unsigned(view.viewport()->width())),
                      int(random() % unsigned(view.viewport()->height())));
    };
    const std::array modifiers{Qt::KeyboardModifiers(), Qt::KeyboardModifiers(Qt::ShiftModifier),
                               Qt::KeyboardModifiers(Qt::ControlModifier),
                               Qt::KeyboardModifiers(Qt::AltModifier)};
    const std::array keys{Qt::Key_Left,     Qt::Key_Right,       Qt::Key_Up,   Qt::Key_Down,
                          Qt::Key_Comma,    Qt::Key_Period,      Qt::Key_Plus, Qt::Key_Minus,
                          Qt::Key_Escape,   Qt::Key_Home,        Qt::Key_End,  Qt::Key_BracketLeft,
                          Qt::Key_PageDown, Qt::Key_BracketRight};
    for (int step = 0; step < 600; ++step) {
        const Qt::KeyboardModifiers held = modifiers[random() % modifiers.size()];
        switch (random() % 14) {
        case 0:
        case 1:
        case 2:
            stage.press(
                random() % 2 && !view.scene().blocks.empty()
                    ? view.canvas().blockRect(int(random() % view.scene().blocks.size())).center()
                    : somewhere(),
                held);
            break;
        case 3:
        case 4:
        case 5:
        case 6:
            stage.moveTo(somewhere(), held);
            break;
        case 7:
        case 8:
            stage.release(somewhere(), held);
            break;
        case 9:
            QTest::mouseDClick(view.viewport(), Qt::LeftButton, held, somewhere());
            break;
        case 10:
            QTest::keyClick(&view, keys[random() % keys.size()], held);
            break;
        case 11:
            if (random() % 2) {
                view.controller().deleteSelection(random() % 2 ? Gap::Closes : Gap::Stays);
            } else {
                view.controller().duplicateSelection();
            }
            break;
        case 12:
            if (random() % 2) {
                stage.document.undoStack()->undo();
            } else {
                stage.document.undoStack()->redo();
            }
            break;
        default:
            view.controller().toggleLane(int(random() % view.scene().lanes.size()),
                                         random() % 2 ? HeaderPart::Chevron : HeaderPart::Lock);
        }
        QCoreApplication::processEvents();
        for (const Incident &incident : stage.document.timeline().incidents) {
            QVERIFY(incident.delay.count() >= 0);
        }
        QCOMPARE(view.scene().blocks.size(), size_t(stage.document.timeline().incidents.size()));
    }
    QTest::keyClick(&view, Qt::Key_Escape);
    stage.document.undoStack()->setIndex(0);
    QVERIFY(stage.document.timeline() == before);
}

QTEST_MAIN(TestTimelineGestures)
#include "tst_timelinegestures.moc"
