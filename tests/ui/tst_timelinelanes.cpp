// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * What is edited beside the blocks: lanes by their headers, markers, the playhead; and all that
 * the keys do.
 */
#include "tests/ui/timelinestage.h"
#include "ui/timeline/lanenameedit.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>

using namespace std::chrono_literals;

namespace {

constexpr auto LanesText = R"({
  "name": "Lanes", "description": "", "duration_minutes": 12,
  "incidents": [
    { "delay_seconds": 60, "type": "llm_generated", "llm_prompt": "First", "service_name": "a" },
    { "delay_seconds": 180, "type": "llm_generated", "llm_prompt": "Second", "service_name": "a" },
    { "delay_seconds": 180, "type": "llm_generated", "llm_prompt": "Twin", "service_name": "a" },
    { "delay_seconds": 300, "type": "llm_generated", "llm_prompt": "Held", "service_name": "b",
      "hold": true }
  ],
  "markers": [ { "at_seconds": 480, "name": "Late" }, { "at_seconds": 120, "name": "Early",
                 "notes": "Words that go on and on until they have to be cut off before the next" },
               { "at_seconds": 240, "name": "Next" } ],
  "lanes": [ { "service": "a" }, { "service": "b" }, { "service": "empty" } ]
})";

} // namespace

class TestTimelineLanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_stage.reset(); }
    void switchesALane_data();
    void switchesALane();
    void foldsALane();
    void renamesALane();
    void objectsToANameThatWillNotDo();
    void reordersLanes();
    void addsALane();
    void offersAMenu();
    void selectsByThePill();
    void movesAMarker();
    void addsAMarker();
    void deletesAMarker();
    void keepsTheWordsOfAMarkerApart();
    void selectsTheIncidentOfAHold();
    void scrubs();
    void leavesThePlayheadAloneInARun();
    void movesThePlayheadByKeys();
    void nudges();
    void movesToOtherLanesByKeys();
    void goesThroughTheLanesByKeys();
    void deletesAndClosesTheGap();
    void duplicates();
    void insertsAtThePlayhead();
    void goesToMarkersByKeys();
    void fitsTheSelection();
    void dragsTheOverview();
    void pansWithTheMiddleButton();

private:
    QPoint centre(const QRectF &rect) const { return rect.center().toPoint(); }
    void click(const QPoint &point) const
    {
        QTest::mouseClick(m_stage->view.viewport(), Qt::LeftButton, {}, point);
    }
    QPoint flag(int marker) const
    {
        for (const StripMark &mark : m_stage->view.canvas().stripMarks()) {
            if (!mark.isHold && mark.index == marker) {
                return {int(mark.x) + 4, int(mark.rect.center().y())};
            }
        }
        return {};
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(&m_stage->view, key, modifiers);
    }
    const Lane &lane(int index) const { return m_stage->document.timeline().lanes[index]; }
    std::unique_ptr<TimelineStage> m_stage;
};

void TestTimelineLanes::init()
{
    m_stage = std::make_unique<TimelineStage>(LanesText);
    m_stage->view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_stage->view));
    m_stage->view.setFocus();
    QCOMPARE(m_stage->view.selection().services(),
             (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("empty")}));
}

void TestTimelineLanes::switchesALane_data()
{
    QTest::addColumn<bool>("compact");
    QTest::newRow("two lines") << false;
    QTest::newRow("one line") << true;
}

void TestTimelineLanes::switchesALane()
{
    QFETCH(bool, compact);
    m_stage->view.setCompact(compact);
    // On one line the buttons come with the pointer.
    m_stage->moveTo(centre(m_stage->view.canvas().laneHeader(1).all));
    click(centre(m_stage->view.canvas().laneHeader(1).mute));
    QVERIFY(lane(1).muted);
    QVERIFY(!m_stage->view.scene().blocks[3].sends);
    m_stage->moveTo(centre(m_stage->view.canvas().laneHeader(1).all));
    click(centre(m_stage->view.canvas().laneHeader(1).lock));
    QVERIFY(lane(1).locked);
    QCOMPARE(m_stage->steps(), 2);
    m_stage->moveTo(centre(m_stage->view.canvas().laneHeader(1).all));
    click(centre(m_stage->view.canvas().laneHeader(1).mute));
    QVERIFY(!lane(1).muted);
    m_stage->document.undoStack()->undo();
    QVERIFY(lane(1).muted);
}

void TestTimelineLanes::foldsALane()
{
    const qreal before = m_stage->view.canvas().layout().laneHeight(0);
    click(centre(m_stage->view.canvas().laneHeader(0).chevron));
    QVERIFY(lane(0).collapsed);
    const TimelineLayout &layout = m_stage->view.canvas().layout();
    QCOMPARE(layout.laneHeight(0), layout.measures().collapsedHeight);
    QVERIFY(layout.laneHeight(0) < before / 3);
    // Its marks can still be pressed.
    const QPoint mark = m_stage->view.canvas().blockRect(0).center();
    QCOMPARE(
        m_stage->view.canvas().itemAt({m_stage->view.canvas().blockRect(0).left() + 2, mark.y()}),
        0);
    click(centre(m_stage->view.canvas().laneHeader(0).chevron));
    QCOMPARE(m_stage->view.canvas().layout().laneHeight(0), before);
}

void TestTimelineLanes::renamesALane()
{
    QTest::mouseDClick(m_stage->view.viewport(), Qt::LeftButton, {},
                       centre(m_stage->view.canvas().laneHeader(0).name));
    auto *edit = m_stage->view.findChild<LaneNameEdit *>();
    QVERIFY(edit);
    QTest::keyClicks(edit, QStringLiteral("orders"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_stage->serviceOf(0), QStringLiteral("orders"));
    QCOMPARE(m_stage->view.selection().services()[0], QStringLiteral("orders"));
    QCOMPARE(m_stage->steps(), 1);
    QCOMPARE(m_stage->view.selection().laneService(), QStringLiteral("orders"));
    m_stage->document.undoStack()->undo();
    QCOMPARE(m_stage->serviceOf(0), QStringLiteral("a"));
    // F2 asks as well; Esc leaves it.
    m_stage->view.setFocus();
    m_stage->view.selection().setLane(1);
    key(Qt::Key_F2);
    const auto edits = m_stage->view.findChildren<LaneNameEdit *>();
    QVERIFY(!edits.isEmpty());
    QTest::keyClicks(edits.last(), QStringLiteral("never"));
    QTest::keyClick(edits.last(), Qt::Key_Escape);
    QCOMPARE(m_stage->view.selection().services()[1], QStringLiteral("b"));
    QCOMPARE(m_stage->view.window()->focusWidget(), &m_stage->view);
}

void TestTimelineLanes::objectsToANameThatWillNotDo()
{
    m_stage->view.controller().askForLaneName(0);
    auto *edit = m_stage->view.findChild<LaneNameEdit *>();
    QTest::keyClicks(edit, QStringLiteral("two words"));
    QVERIFY(!edit->objection().isEmpty());
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(edit->isVisible());
    edit->setText(QStringLiteral("b"));
    QVERIFY(edit->objection().contains(QLatin1String("already")));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_stage->steps(), 0);
}

void TestTimelineLanes::reordersLanes()
{
    const QPoint from = centre(m_stage->view.canvas().laneHeader(0).name);
    const QPoint to(from.x(), m_stage->laneMiddle(1) + 8);
    m_stage->drag(from, to);
    QCOMPARE(m_stage->view.selection().services()[0], QStringLiteral("b"));
    QCOMPARE(m_stage->view.selection().services()[1], QStringLiteral("a"));
    QCOMPARE(m_stage->steps(), 1);
    m_stage->view.controller().moveLane(1, 0);
    QCOMPARE(m_stage->view.selection().services()[0], QStringLiteral("a"));
}

void TestTimelineLanes::addsALane()
{
    m_stage->view.controller().addLane();
    QCOMPARE(m_stage->view.selection().services().last(), QStringLiteral("service-1"));
    auto *edit = m_stage->view.findChild<LaneNameEdit *>();
    QVERIFY(edit);
    QTest::keyClicks(edit, QStringLiteral("fresh"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_stage->view.selection().services().last(), QStringLiteral("fresh"));
}

void TestTimelineLanes::offersAMenu()
{
    m_stage->view.selection().setLane(2);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(m_stage->view.viewport(), &event);
    auto *menu = m_stage->view.findChild<QMenu *>(QStringLiteral("laneMenu"));
    QVERIFY(menu);
    const auto action = [menu](const QString &text) {
        for (QAction *known : menu->actions()) {
            if (known->text().remove(u'&').startsWith(text)) {
                return known;
            }
        }
        return static_cast<QAction *>(nullptr);
    };
    QVERIFY(!action(QStringLiteral("Move down"))->isEnabled());
    QVERIFY(action(QStringLiteral("Move up"))->isEnabled());
    action(QStringLiteral("Delete empty lane"))->trigger();
    QCOMPARE(m_stage->view.selection().services().size(), 2);
    menu->close();
    // With an incident selected the menu is that of the incident.
    QSignalSpy asked(&m_stage->view, &TimelineView::contextMenuRequested);
    m_stage->view.selection().setCurrent(3);
    QContextMenuEvent again(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(m_stage->view.viewport(), &again);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][1].toInt(), 3);
    QCOMPARE(asked[0][3].toString(), QStringLiteral("b"));
}

void TestTimelineLanes::selectsByThePill()
{
    const QRect twin = m_stage->view.canvas().blockRect(1);
    const QRect other = m_stage->view.canvas().blockRect(2);
    // The pill stands left of the bracket, between the two.
    const QPoint pill(twin.left() - 40, (twin.top() + other.bottom()) / 2);
    QCOMPARE(m_stage->view.canvas().itemAt(pill), -1);
    click(pill);
    QCOMPARE(m_stage->view.selection().rows(), (Rows{1, 2}));
}

void TestTimelineLanes::movesAMarker()
{
    QSignalSpy activated(&m_stage->view, &TimelineView::markerActivated);
    m_stage->view.selection().setCurrent(0);
    const QPoint from = flag(0);
    m_stage->drag(from, from + QPoint(m_stage->xOf(300) - m_stage->xOf(480) + 3, 0));
    QCOMPARE(m_stage->document.timeline().markers[0].at.count(), 300000); // on the incident
    QCOMPARE(m_stage->steps(), 1);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated[0][0].toInt(), 0);
    QVERIFY(m_stage->view.selection().rows().empty());
    // Given up, it is where it was.
    m_stage->press(flag(0));
    m_stage->moveTo(flag(0) + QPoint(120, 0));
    key(Qt::Key_Escape);
    QCOMPARE(m_stage->view.scene().markers[0].at.count(), 300000);
    QCOMPARE(m_stage->steps(), 1);
    m_stage->release(flag(0));
}

void TestTimelineLanes::addsAMarker()
{
    const QPoint point(m_stage->xOf(660), m_stage->view.canvas().areas().strip.center().y());
    QTest::mouseDClick(m_stage->view.viewport(), Qt::LeftButton, {}, point);
    QCOMPARE(m_stage->document.timeline().markers.size(), 4);
    QCOMPARE(m_stage->document.timeline().markers[3].at.count(), 660000);
    QCOMPARE(m_stage->view.selection().marker(), 3);
    m_stage->view.setPlayhead(TimelinePosition(61s));
    m_stage->view.controller().addMarkerAtPlayhead();
    QCOMPARE(m_stage->document.timeline().markers[4].at.count(), 61000);
}

void TestTimelineLanes::deletesAMarker()
{
    click(flag(1));
    QCOMPARE(m_stage->view.selection().marker(), 1);
    m_stage->view.controller().deleteSelection(Gap::Stays);
    QCOMPARE(m_stage->document.timeline().markers.size(), 2);
    QCOMPARE(m_stage->view.selection().marker(), -1);
    // With an incident selected instead, that is what goes.
    click(flag(0));
    m_stage->view.selection().setCurrent(0);
    QCOMPARE(m_stage->view.selection().marker(), -1);
}

void TestTimelineLanes::keepsTheWordsOfAMarkerApart()
{
    const auto marks = m_stage->view.canvas().stripMarks();
    for (size_t i = 1; i < marks.size(); ++i) {
        if (!marks[i - 1].isHold) {
            QVERIFY(marks[i - 1].textEnd < marks[i].x);
        }
    }
}

void TestTimelineLanes::selectsTheIncidentOfAHold()
{
    click({m_stage->xOf(300), m_stage->view.canvas().areas().strip.center().y()});
    QCOMPARE(m_stage->view.selection().rows(), Rows{3});
}

void TestTimelineLanes::scrubs()
{
    QSignalSpy moved(&m_stage->view, &TimelineView::playheadMoved);
    const int y = m_stage->view.canvas().areas().ruler.center().y();
    m_stage->press({m_stage->xOf(200), y});
    QCOMPARE(moved.size(), 1);
    m_stage->moveTo({m_stage->xOf(300) + 2, y});
    QCOMPARE(m_stage->view.playhead(), TimelinePosition(300s)); // on the incident
    m_stage->moveTo({m_stage->xOf(308), y}, Qt::AltModifier);
    QVERIFY(std::chrono::abs(m_stage->view.playhead() - TimelinePosition(308s)) < 2s);
    m_stage->release({m_stage->xOf(308), y}, Qt::AltModifier);
    QCOMPARE(moved.last()[0].value<TimelinePosition>(), m_stage->view.playhead());
    QCOMPARE(m_stage->steps(), 0);
}

void TestTimelineLanes::leavesThePlayheadAloneInARun()
{
    m_stage->view.setLive(true);
    m_stage->document.setLocked(true);
    QSignalSpy moved(&m_stage->view, &TimelineView::playheadMoved);
    click({m_stage->xOf(200), m_stage->view.canvas().areas().ruler.center().y()});
    key(Qt::Key_Right);
    QCOMPARE(moved.size(), 0);
    QCOMPARE(m_stage->view.selection().current(), 0); // the keys go through the incidents, as ever
    // When it has ended, its marks stay, and the timeline can be edited again.
    m_stage->document.setLocked(false);
    QVERIFY(m_stage->view.controller().canEdit());
    key(Qt::Key_Right);
    QCOMPARE(moved.size(), 1);
}

void TestTimelineLanes::movesThePlayheadByKeys()
{
    const std::chrono::milliseconds step(m_stage->view.canvas().gridStep());
    key(Qt::Key_Right);
    QCOMPARE(m_stage->view.playhead(), TimelinePosition(step));
    key(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(m_stage->view.playhead(), TimelinePosition(step + 1s));
    key(Qt::Key_Right);
    QCOMPARE(m_stage->view.playhead(), TimelinePosition(2 * step)); // to the tick, not by the tick
    key(Qt::Key_Left);
    key(Qt::Key_Left);
    key(Qt::Key_Left);
    QCOMPARE(m_stage->view.playhead(), TimelinePosition());
    key(Qt::Key_End);
    QCOMPARE(m_stage->view.playhead(), TimelinePosition(720s));
    key(Qt::Key_Home);
    QCOMPARE(m_stage->view.playhead(), TimelinePosition());
}

void TestTimelineLanes::nudges()
{
    m_stage->view.selection().select({0, 1}, 0);
    const int step = int(m_stage->view.canvas().gridStep() / 1000);
    key(Qt::Key_Period);
    key(Qt::Key_Period);
    QCOMPARE(m_stage->secondsOf(0), 60 + 2 * step);
    QCOMPARE(m_stage->secondsOf(1), 180 + 2 * step);
    QCOMPARE(m_stage->steps(), 1); // quickly one after the other
    key(Qt::Key_Less, Qt::ShiftModifier);
    QCOMPARE(m_stage->secondsOf(0), 60 + 2 * step - 1);
    QCOMPARE(m_stage->view.selection().rows(), (Rows{0, 1}));
    for (int i = 0; i < 50; ++i) {
        key(Qt::Key_Comma);
    }
    QCOMPARE(m_stage->secondsOf(0), 0);
    QCOMPARE(m_stage->secondsOf(1), 120);
}

void TestTimelineLanes::movesToOtherLanesByKeys()
{
    m_stage->view.selection().select({3}, 3);
    key(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(m_stage->serviceOf(3), QStringLiteral("empty"));
    key(Qt::Key_Down, Qt::AltModifier); // there is none below
    key(Qt::Key_Up, Qt::AltModifier);
    key(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(m_stage->serviceOf(3), QStringLiteral("a"));
    QCOMPARE(m_stage->view.selection().services().size(), 3);
    QCOMPARE(m_stage->steps(), 3);
}

void TestTimelineLanes::goesThroughTheLanesByKeys()
{
    m_stage->view.selection().setCurrent(1);
    key(Qt::Key_Down);
    QCOMPARE(m_stage->view.selection().current(), 3);
    key(Qt::Key_Down);
    QCOMPARE(m_stage->view.selection().laneService(), QStringLiteral("empty"));
    QVERIFY(m_stage->view.selection().rows().empty());
    key(Qt::Key_Up);
    key(Qt::Key_Up);
    QCOMPARE(m_stage->view.selection().laneService(), QStringLiteral("a"));
    QCOMPARE(m_stage->view.selection().rows().size(), size_t(1));
}

void TestTimelineLanes::deletesAndClosesTheGap()
{
    m_stage->view.selection().select({0}, 0);
    m_stage->view.controller().deleteSelection(Gap::Closes);
    QCOMPARE(m_stage->document.timeline().incidents.size(), 3);
    QCOMPARE(m_stage->secondsOf(0), 60);
    m_stage->document.undoStack()->undo();
    m_stage->view.selection().select({0}, 0);
    m_stage->view.controller().deleteSelection(Gap::Stays);
    QCOMPARE(m_stage->secondsOf(0), 180);
}

void TestTimelineLanes::duplicates()
{
    m_stage->view.selection().select({0}, 0);
    m_stage->view.controller().duplicateSelection();
    QCOMPARE(m_stage->document.timeline().incidents.size(), 5);
    QCOMPARE(m_stage->view.selection().rows(), Rows{1});
    QVERIFY(m_stage->secondsOf(1) > 60);
    QCOMPARE(m_stage->steps(), 1);
}

void TestTimelineLanes::insertsAtThePlayhead()
{
    QSignalSpy inserted(&m_stage->view, &TimelineView::inserted);
    TimelineFragment fragment;
    Incident incident;
    incident.type = IncidentType::LlmGenerated;
    incident.prompt = QStringLiteral("Inserted");
    fragment.incidents << incident;
    m_stage->view.setPlayhead(TimelinePosition(200s));
    m_stage->view.selection().setLane(1);
    m_stage->view.controller().insertAtPlayhead(fragment);
    QCOMPARE(m_stage->secondsOf(4), 200);
    QCOMPARE(m_stage->serviceOf(4), QStringLiteral("b"));
    QCOMPARE(m_stage->view.selection().rows(), Rows{4});
    QCOMPARE(inserted.size(), 1);
    m_stage->view.controller().toggleLane(1, HeaderPart::Lock);
    m_stage->view.controller().insertAtPlayhead(fragment);
    QCOMPARE(m_stage->document.timeline().incidents.size(), 5);
}

void TestTimelineLanes::goesToMarkersByKeys()
{
    key(Qt::Key_BracketRight);
    QCOMPARE(m_stage->view.selection().marker(), 1); // the earliest
    QCOMPARE(m_stage->view.playhead(), TimelinePosition(120s));
    key(Qt::Key_BracketRight);
    QCOMPARE(m_stage->view.selection().marker(), 2);
    key(Qt::Key_Period);
    QVERIFY(m_stage->document.timeline().markers[2].at.count() > 240000);
    key(Qt::Key_BracketLeft);
    QCOMPARE(m_stage->view.selection().marker(), 1);
}

void TestTimelineLanes::fitsTheSelection()
{
    m_stage->view.selection().select({1, 2}, 1);
    m_stage->view.controller().fitSelection();
    const QRect lanes = m_stage->view.canvas().lanesRect();
    const QRect block = m_stage->view.canvas().blockRect(1);
    QVERIFY(lanes.adjusted(0, -1000, 0, 1000).contains(block));
    QVERIFY(block.width() > lanes.width() * 8 / 10);
}

void TestTimelineLanes::dragsTheOverview()
{
    for (int i = 0; i < 4; ++i) {
        m_stage->view.scroll().zoomIn();
    }
    m_stage->view.horizontalScrollBar()->setValue(0);
    const QRect overview = m_stage->view.canvas().areas().overview;
    const QPoint inside(overview.left() + overview.width() / 8, overview.center().y());
    m_stage->press(inside);
    QCOMPARE(m_stage->view.horizontalScrollBar()->value(), 0); // held, not moved
    m_stage->moveTo(inside + QPoint(overview.width() / 4, 0));
    QVERIFY(m_stage->view.horizontalScrollBar()->value() > 100);
    m_stage->release(inside + QPoint(overview.width() / 4, 0));
    // An edge zooms.
    m_stage->view.horizontalScrollBar()->setValue(0);
    const double zoom = m_stage->view.canvas().pixelsPerMs();
    const double end =
        double(m_stage->view.canvas().timeAt(m_stage->view.canvas().lanesRect().right() + 1));
    const double whole = double(m_stage->view.canvas().layout().end());
    const QPoint edge(overview.left() + int(5 + end / whole * (overview.width() - 10)),
                      overview.center().y());
    m_stage->press(edge);
    m_stage->moveTo(edge + QPoint(80, 0));
    m_stage->release(edge + QPoint(80, 0));
    QVERIFY(m_stage->view.canvas().pixelsPerMs() < zoom);
}

void TestTimelineLanes::pansWithTheMiddleButton()
{
    for (int i = 0; i < 4; ++i) {
        m_stage->view.scroll().zoomIn();
    }
    m_stage->view.horizontalScrollBar()->setValue(200);
    const QPoint point = m_stage->view.canvas().lanesRect().center();
    QTest::mousePress(m_stage->view.viewport(), Qt::MiddleButton, {}, point);
    m_stage->moveTo(point + QPoint(60, 0));
    QCOMPARE(m_stage->view.horizontalScrollBar()->value(), 140);
    QTest::mouseRelease(m_stage->view.viewport(), Qt::MiddleButton, {}, point + QPoint(60, 0));
}

QTEST_MAIN(TestTimelineLanes)
#include "tst_timelinelanes.moc"
