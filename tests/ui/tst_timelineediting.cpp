// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/timelinestage.h"
#include "ui/timeline/lanenameedit.h"

#include <QAccessible>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>

using namespace std::chrono_literals;

namespace {

// Three lanes; a second is about a pixel, and the ruler has a tick every 30 or 60 seconds.
constexpr auto StageText = R"({
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

QByteArray fragmentText(const QString &service = QStringLiteral("a"))
{
    TimelineFragment fragment;
    fragment.name = QStringLiteral("Dropped");
    Incident incident;
    incident.type = IncidentType::LlmGenerated;
    incident.prompt = QStringLiteral("Dropped from the library");
    incident.serviceName = service;
    fragment.incidents << incident;
    return toJson(fragment);
}

} // namespace

class TestTimelineEditing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_stage.reset(); }
    void movesByDragging();
    void oneDragIsOneStep();
    void startsBeyondAThreshold();
    void snapsToAnIncidentOfAnotherLane();
    void snapsToAMarker();
    void suspendsSnappingWithAlt();
    void switchesSnapping();
    void neverGoesBelowZero();
    void movesManyTogether();
    void movesToAnotherLane();
    void keepsTheLaneWithShift();
    void keepsTheTimeWhenDraggedUpright();
    void makesALane();
    void refusesLockedLanes();
    void leavesWhatIsLocked();
    void copiesWithControl();
    void givesUpWithEscape();
    void refusesWhileLocked();
    void saysWhatItDoes();
    void paintsGhostAndGuide();
    void scrollsAtTheEdge();
    void takesADrop();
    void takesADropAsText();
    void saysWhatItRepairedInADrop();
    void leavesFilesToTheWindow();
    void refusesGarbage();
    void putsADropIntoTheLaneBelowThePointer();
    void refusesADropOnALockedLane();
    void carriesTheSelectionAway();
    void selectsWithABand();
    void extendsTheBand();
    void selectsARange();
    void keepsTheSelectionUntilTheRelease();
    void followsEditsForAScreenReader();
    void canBeActedOnByAScreenReader();

private:
    QPoint at(int row) const { return m_stage->view.canvas().blockRect(row).center(); }
    QPoint grabbed(int row) const
    {
        const QRect block = m_stage->view.canvas().blockRect(row);
        return {block.left() + 4, block.center().y()};
    }
    /** The pointer's place that puts what was grabbed at its beginning to that time. */
    QPoint over(double seconds, int lane) const
    {
        return {m_stage->xOf(seconds) + 4, m_stage->laneMiddle(lane)};
    }
    bool sendDrag(const QMimeData &mime, const QPoint &point, bool drop,
                  Qt::KeyboardModifiers modifiers = {});
    std::unique_ptr<TimelineStage> m_stage;
};

void TestTimelineEditing::init()
{
    m_stage = std::make_unique<TimelineStage>(StageText);
    m_stage->view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_stage->view));
    m_stage->view.setFocus();
    QCOMPARE(m_stage->view.scene().lanes.size(), size_t(3));
}

void TestTimelineEditing::movesByDragging()
{
    m_stage->drag(grabbed(0), {m_stage->xOf(120) + 4, grabbed(0).y()});
    QCOMPARE(m_stage->secondsOf(0), 120);
    QCOMPARE(m_stage->serviceOf(0), QStringLiteral("a"));
    QCOMPARE(m_stage->view.selection().current(), 0);
    QCOMPARE(m_stage->view.selection().rows(), Rows{0});
    m_stage->document.undoStack()->undo();
    QCOMPARE(m_stage->secondsOf(0), 60);
}

void TestTimelineEditing::oneDragIsOneStep()
{
    m_stage->press(grabbed(0));
    for (int x = 10; x < 200; x += 7) {
        m_stage->moveTo(grabbed(0) + QPoint(x, 0));
    }
    QCOMPARE(m_stage->steps(), 0);
    m_stage->release(grabbed(0) + QPoint(200, 0));
    QCOMPARE(m_stage->steps(), 1);
    QVERIFY(m_stage->secondsOf(0) > 60);
}

void TestTimelineEditing::startsBeyondAThreshold()
{
    m_stage->drag(grabbed(0), grabbed(0) + QPoint(QApplication::startDragDistance() - 1, 0));
    QCOMPARE(m_stage->steps(), 0);
    QCOMPARE(m_stage->view.selection().current(), 0);
}

void TestTimelineEditing::snapsToAnIncidentOfAnotherLane()
{
    // 5:07 is on no tick of the ruler.
    m_stage->drag(grabbed(0), {m_stage->xOf(307) + 7, grabbed(0).y()});
    QCOMPARE(m_stage->secondsOf(0), 307);
}

void TestTimelineEditing::snapsToAMarker()
{
    m_stage->drag(grabbed(0), {m_stage->xOf(413) + 1, grabbed(0).y()});
    QCOMPARE(m_stage->secondsOf(0), 413);
}

void TestTimelineEditing::suspendsSnappingWithAlt()
{
    m_stage->drag(grabbed(0), {m_stage->xOf(310) + 4, grabbed(0).y()}, Qt::AltModifier);
    QVERIFY(std::abs(m_stage->secondsOf(0) - 310) <= 2);
    QVERIFY(m_stage->secondsOf(0) != 307);
    QCOMPARE(m_stage->incident(0).delay.count() % 1000, 0);
}

void TestTimelineEditing::switchesSnapping()
{
    QSignalSpy spy(&m_stage->view.controller(), &TimelineController::snappingChanged);
    m_stage->view.controller().setSnapping(false);
    QCOMPARE(spy.size(), 1);
    m_stage->drag(grabbed(0), {m_stage->xOf(310) + 4, grabbed(0).y()});
    QVERIFY(m_stage->secondsOf(0) != 307);
    m_stage->document.undoStack()->undo();
    m_stage->view.controller().setSnapping(true);
    m_stage->drag(grabbed(0), {m_stage->xOf(310) + 4, grabbed(0).y()});
    QCOMPARE(m_stage->secondsOf(0), 307);
}

void TestTimelineEditing::neverGoesBelowZero()
{
    m_stage->view.selection().select({0, 1}, 1);
    const QPoint target(m_stage->view.canvas().lanesRect().left() + 1, grabbed(1).y());
    m_stage->drag(grabbed(1), target, Qt::AltModifier);
    QCOMPARE(m_stage->secondsOf(0), 0);
    QCOMPARE(m_stage->secondsOf(1), 120);
}

void TestTimelineEditing::movesManyTogether()
{
    m_stage->view.selection().select({0, 1, 2}, 0);
    m_stage->drag(grabbed(0), {m_stage->xOf(120) + 4, grabbed(0).y()});
    QCOMPARE(m_stage->secondsOf(0), 120);
    QCOMPARE(m_stage->secondsOf(1), 240);
    QCOMPARE(m_stage->secondsOf(2), 367);
    QCOMPARE(m_stage->steps(), 1);
    QCOMPARE(m_stage->view.selection().rows(), (Rows{0, 1, 2}));
}

void TestTimelineEditing::movesToAnotherLane()
{
    m_stage->drag(grabbed(0), over(120, 1));
    QCOMPARE(m_stage->serviceOf(0), QStringLiteral("b"));
    QCOMPARE(m_stage->secondsOf(0), 120);
    QCOMPARE(m_stage->steps(), 1);
    // Several keep their lanes' distance: the one in b cannot leave the last lane that is open.
    m_stage->document.undoStack()->undo();
    m_stage->view.controller().toggleLane(2, HeaderPart::Lock);
    m_stage->view.selection().select({0, 2}, 0);
    m_stage->drag(grabbed(0), {grabbed(0).x(), m_stage->laneMiddle(1)});
    QCOMPARE(m_stage->serviceOf(0), QStringLiteral("b"));
    QCOMPARE(m_stage->serviceOf(2), QStringLiteral("c"));
}

void TestTimelineEditing::keepsTheLaneWithShift()
{
    m_stage->drag(grabbed(0), over(120, 1), Qt::ShiftModifier);
    QCOMPARE(m_stage->serviceOf(0), QStringLiteral("a"));
    QCOMPARE(m_stage->secondsOf(0), 120);
}

void TestTimelineEditing::keepsTheTimeWhenDraggedUpright()
{
    m_stage->drag(grabbed(2), {grabbed(2).x() + 2, m_stage->laneMiddle(0)});
    QCOMPARE(m_stage->serviceOf(2), QStringLiteral("a"));
    QCOMPARE(m_stage->secondsOf(2), 307);
}

void TestTimelineEditing::makesALane()
{
    const TimelineLayout &layout = m_stage->view.canvas().layout();
    QVERIFY(layout.addLaneRect().height() > 20);
    m_stage->view.verticalScrollBar()->setValue(m_stage->view.verticalScrollBar()->maximum());
    const QPoint below(m_stage->xOf(120) + 4, m_stage->view.canvas().lanesRect().top() -
                                                  int(m_stage->view.canvas().scrollOffset().y()) +
                                                  int(layout.addLaneRect().center().y()));
    QVERIFY(m_stage->view.canvas().lanesRect().contains(below));
    m_stage->drag(grabbed(0), below);
    QCOMPARE(m_stage->serviceOf(0), QStringLiteral("service-1"));
    QCOMPARE(m_stage->secondsOf(0), 120);
    // Its name is asked for at once.
    auto *edit = m_stage->view.findChild<LaneNameEdit *>();
    QVERIFY(edit);
    QTest::keyClicks(edit, QStringLiteral("checkout"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_stage->serviceOf(0), QStringLiteral("checkout"));
}

void TestTimelineEditing::refusesLockedLanes()
{
    QSignalSpy hints(&m_stage->view, &TimelineView::hint);
    m_stage->drag(grabbed(0), over(120, 2));
    QCOMPARE(m_stage->steps(), 0);
    bool said = false;
    for (const auto &arguments : hints) {
        said = said || arguments[0].toString().contains(QLatin1String("c is locked"));
    }
    QVERIFY(said);
    // Neither does one leave it.
    m_stage->drag(grabbed(4), over(120, 0));
    QCOMPARE(m_stage->steps(), 0);
}

void TestTimelineEditing::leavesWhatIsLocked()
{
    m_stage->view.selection().selectAll();
    m_stage->drag(grabbed(0), {m_stage->xOf(120) + 4, grabbed(0).y()});
    QCOMPARE(m_stage->secondsOf(3), 540);
    QCOMPARE(m_stage->secondsOf(4), 540);
    m_stage->document.undoStack()->undo();
    m_stage->view.selection().selectAll();
    m_stage->view.controller().deleteSelection(Gap::Stays);
    QCOMPARE(m_stage->document.timeline().incidents.size(), 1);
}

void TestTimelineEditing::copiesWithControl()
{
    m_stage->drag(grabbed(0), over(120, 1), Qt::ControlModifier);
    QCOMPARE(m_stage->document.timeline().incidents.size(), 6);
    QCOMPARE(m_stage->secondsOf(0), 60);
    QCOMPARE(m_stage->secondsOf(5), 120);
    QCOMPARE(m_stage->serviceOf(5), QStringLiteral("b"));
    QCOMPARE(m_stage->view.selection().rows(), Rows{5});
    QCOMPARE(m_stage->steps(), 1);
    QVERIFY(m_stage->incident(0).id != m_stage->incident(5).id);
}

void TestTimelineEditing::givesUpWithEscape()
{
    m_stage->press(grabbed(0));
    m_stage->moveTo(over(300, 1));
    QTest::keyClick(&m_stage->view, Qt::Key_Escape);
    m_stage->moveTo(over(320, 1));
    m_stage->release(over(320, 1));
    QCOMPARE(m_stage->steps(), 0);
    QCOMPARE(m_stage->view.selection().rows(), Rows{0}); // the selection is not what it gave up
}

void TestTimelineEditing::refusesWhileLocked()
{
    m_stage->document.setLocked(true);
    m_stage->drag(grabbed(0), over(300, 1));
    m_stage->view.controller().nudge(1, Step::Tick);
    m_stage->view.controller().deleteSelection(Gap::Stays);
    m_stage->view.controller().toggleLane(0, HeaderPart::Mute);
    m_stage->view.controller().addMarkerAtPlayhead();
    QCOMPARE(m_stage->steps(), 0);
    // A run that begins takes away what is held.
    m_stage->document.setLocked(false);
    m_stage->press(grabbed(0));
    m_stage->moveTo(over(300, 1));
    m_stage->document.setLocked(true);
    m_stage->release(over(300, 1));
    QCOMPARE(m_stage->steps(), 0);
}

void TestTimelineEditing::saysWhatItDoes()
{
    QSignalSpy hints(&m_stage->view, &TimelineView::hint);
    m_stage->press(grabbed(0));
    m_stage->moveTo({m_stage->xOf(120) + 4, grabbed(0).y()});
    QVERIFY(!hints.isEmpty());
    QVERIFY2(hints.last()[0].toString().contains(QLatin1String("T+2:00")),
             qPrintable(hints.last()[0].toString()));
    QVERIFY(hints.last()[0].toString().contains(QLatin1String("Esc")));
    m_stage->release({m_stage->xOf(120) + 4, grabbed(0).y()});
    QVERIFY(hints.last()[0].toString().isEmpty());
}

void TestTimelineEditing::paintsGhostAndGuide()
{
    const QColor snap = Theme::of(m_stage->view.palette()).snap;
    const auto guideAt = [&](const QImage &image, int x) {
        const qreal dpr = image.devicePixelRatio();
        int hits = 0;
        for (int y = m_stage->view.canvas().lanesRect().top();
             y < m_stage->view.canvas().lanesRect().bottom(); ++y) {
            hits += image.pixelColor(int(x * dpr), int(y * dpr)).rgb() == snap.rgb();
        }
        return hits;
    };
    m_stage->press(grabbed(0));
    m_stage->moveTo({m_stage->xOf(413) + 5, grabbed(0).y()});
    const QImage during = m_stage->view.viewport()->grab().toImage();
    QVERIFY(guideAt(during, m_stage->xOf(413)) > m_stage->view.canvas().lanesRect().height() / 3);
    QTest::keyClick(&m_stage->view, Qt::Key_Escape);
    m_stage->release({m_stage->xOf(413) + 5, grabbed(0).y()});
    QCOMPARE(guideAt(m_stage->view.viewport()->grab().toImage(), m_stage->xOf(413)), 0);
}

void TestTimelineEditing::scrollsAtTheEdge()
{
    for (int i = 0; i < 8; ++i) {
        m_stage->view.scroll().zoomIn();
    }
    m_stage->view.horizontalScrollBar()->setValue(0);
    m_stage->press(grabbed(0));
    const QPoint edge(m_stage->view.canvas().lanesRect().right() - 2, grabbed(0).y());
    const qint64 seen = m_stage->view.canvas().timeAt(edge.x());
    m_stage->moveTo(edge);
    QTRY_VERIFY(m_stage->view.horizontalScrollBar()->value() > 200);
    m_stage->release(edge);
    QVERIFY(m_stage->incident(0).delay.count() > seen);
    const int stopped = m_stage->view.horizontalScrollBar()->value();
    QTest::qWait(60);
    QCOMPARE(m_stage->view.horizontalScrollBar()->value(), stopped);
}

bool TestTimelineEditing::sendDrag(const QMimeData &mime, const QPoint &point, bool drop,
                                   Qt::KeyboardModifiers modifiers)
{
    QWidget *viewport = m_stage->view.viewport();
    QDragEnterEvent enter(point, Qt::CopyAction, &mime, Qt::LeftButton, modifiers);
    QApplication::sendEvent(viewport, &enter);
    if (!enter.isAccepted()) {
        return false;
    }
    QDragMoveEvent move(point, Qt::CopyAction, &mime, Qt::LeftButton, modifiers);
    QApplication::sendEvent(viewport, &move);
    if (!drop || !move.isAccepted()) {
        const bool accepted = move.isAccepted();
        QDragLeaveEvent leave;
        QApplication::sendEvent(viewport, &leave);
        return accepted;
    }
    QDropEvent event(point, Qt::CopyAction, &mime, Qt::LeftButton, modifiers);
    QApplication::sendEvent(viewport, &event);
    return event.isAccepted();
}

void TestTimelineEditing::takesADrop()
{
    QSignalSpy inserted(&m_stage->view, &TimelineView::inserted);
    QMimeData mime;
    mime.setData(QLatin1String(FragmentMimeType), fragmentText());
    const QPoint point(m_stage->xOf(413) + 14, m_stage->laneMiddle(0));
    QVERIFY(sendDrag(mime, point, false));
    QCOMPARE(m_stage->steps(), 0);
    QVERIFY(sendDrag(mime, point, true));
    QCOMPARE(m_stage->steps(), 1);
    QCOMPARE(m_stage->document.timeline().incidents.size(), 6);
    QCOMPARE(m_stage->secondsOf(5), 413);
    QCOMPARE(m_stage->serviceOf(5), QStringLiteral("a"));
    QCOMPARE(m_stage->view.selection().rows(), Rows{5});
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted[0][0].toStringList(), QStringList{m_stage->incident(5).id});
}

void TestTimelineEditing::takesADropAsText()
{
    QMimeData mime;
    mime.setText(QString::fromUtf8(fragmentText()));
    QVERIFY(sendDrag(mime, {m_stage->xOf(200), m_stage->laneMiddle(0)}, true));
    QCOMPARE(m_stage->document.timeline().incidents.size(), 6);
}

void TestTimelineEditing::saysWhatItRepairedInADrop()
{
    QSignalSpy repaired(&m_stage->view, &TimelineView::repaired);
    const QPoint point(m_stage->xOf(200), m_stage->laneMiddle(0));
    QMimeData whole;
    whole.setText(QString::fromUtf8(fragmentText()));
    QVERIFY(sendDrag(whole, point, true));
    QCOMPARE(repaired.size(), 0);
    QMimeData fenced;
    fenced.setText(
        QStringLiteral("As asked:\n```json\n%1\n```").arg(QString::fromUtf8(fragmentText())));
    QVERIFY(sendDrag(fenced, point, true));
    QCOMPARE(m_stage->document.timeline().incidents.size(), 7);
    QCOMPARE(repaired.size(), 1);
    QCOMPARE(repaired[0][0].toStringList(),
             QStringList{QStringLiteral("Text around the JSON was left out.")});
}

void TestTimelineEditing::leavesFilesToTheWindow()
{
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/a.json"))});
    mime.setText(QString::fromUtf8(fragmentText()));
    QVERIFY(!sendDrag(mime, {m_stage->xOf(200), m_stage->laneMiddle(0)}, true));
    QCOMPARE(m_stage->steps(), 0);
}

void TestTimelineEditing::refusesGarbage()
{
    const QPoint point(m_stage->xOf(200), m_stage->laneMiddle(0));
    for (const QByteArray &garbage :
         {QByteArray(), QByteArray("\x00\xff\x13", 3), QByteArray("{\"incidents\": 7}"),
          QByteArray("[[[[[[[["), QByteArray("just words")}) {
        QMimeData mime;
        mime.setData(QLatin1String(FragmentMimeType), garbage);
        QVERIFY(!sendDrag(mime, point, true));
        QMimeData text;
        text.setText(QString::fromUtf8(garbage));
        QVERIFY(!sendDrag(text, point, true));
    }
    QCOMPARE(m_stage->steps(), 0);
}

void TestTimelineEditing::putsADropIntoTheLaneBelowThePointer()
{
    QMimeData mime;
    mime.setData(QLatin1String(FragmentMimeType), fragmentText(QStringLiteral("elsewhere")));
    QVERIFY(sendDrag(mime, {m_stage->xOf(200), m_stage->laneMiddle(1)}, true));
    QCOMPARE(m_stage->serviceOf(5), QStringLiteral("b"));
    // Below the lanes it gets its own.
    const QRectF below = m_stage->view.canvas().layout().addLaneRect();
    const QPoint point(m_stage->xOf(200), m_stage->view.canvas().lanesRect().top() +
                                              int(below.center().y()) -
                                              int(m_stage->view.canvas().scrollOffset().y()));
    QVERIFY(sendDrag(mime, point, true));
    QCOMPARE(m_stage->serviceOf(6), QStringLiteral("elsewhere"));
}

void TestTimelineEditing::refusesADropOnALockedLane()
{
    QMimeData mime;
    mime.setData(QLatin1String(FragmentMimeType), fragmentText());
    QVERIFY(!sendDrag(mime, {m_stage->xOf(200), m_stage->laneMiddle(2)}, true));
    QCOMPARE(m_stage->steps(), 0);
}

void TestTimelineEditing::carriesTheSelectionAway()
{
    const auto mime = m_stage->view.guest().dragData({0, 2});
    const auto fragment = parseFragment(mime->data(QLatin1String(FragmentMimeType)));
    QVERIFY(fragment);
    QCOMPARE(fragment->incidents.size(), 2);
    QCOMPARE(fragment->incidents[1].prompt, QStringLiteral("Third"));
    QVERIFY(!mime->text().isEmpty());
    // Into another window: each for its own service.
    QVERIFY(sendDrag(*mime, {m_stage->xOf(300), m_stage->laneMiddle(0)}, true));
    QCOMPARE(m_stage->serviceOf(5), QStringLiteral("a"));
    QCOMPARE(m_stage->serviceOf(6), QStringLiteral("b"));
    QCOMPARE(m_stage->secondsOf(6) - m_stage->secondsOf(5), 247);
}

void TestTimelineEditing::selectsWithABand()
{
    const QRect lanes = m_stage->view.canvas().lanesRect();
    const QPoint from(m_stage->xOf(20), lanes.top() + 1);
    const QPoint to(m_stage->xOf(320), m_stage->laneMiddle(1) + 5);
    m_stage->press(from);
    m_stage->moveTo(to);
    QVERIFY(m_stage->view.selection().isSelected(0)); // seen at once
    QVERIFY(m_stage->selection.selectedRows().isEmpty());
    m_stage->release(to);
    QCOMPARE(m_stage->view.selection().rows(), (Rows{0, 1, 2}));
    QCOMPARE(m_stage->selection.selectedRows().size(), 3);
    QCOMPARE(m_stage->steps(), 0);
    m_stage->press(from);
    m_stage->moveTo({m_stage->xOf(30), to.y()});
    QTest::keyClick(&m_stage->view, Qt::Key_Escape);
    QCOMPARE(m_stage->view.selection().rows(), (Rows{0, 1, 2}));
}

void TestTimelineEditing::extendsTheBand()
{
    m_stage->view.selection().select({4}, 4);
    const QPoint from(m_stage->xOf(20), m_stage->view.canvas().lanesRect().top() + 1);
    const QPoint to(m_stage->xOf(100), from.y() + 20);
    m_stage->press(from, Qt::ControlModifier);
    m_stage->moveTo(to, Qt::ControlModifier);
    m_stage->release(to, Qt::ControlModifier);
    QCOMPARE(m_stage->view.selection().rows(), (Rows{0, 4}));
}

void TestTimelineEditing::selectsARange()
{
    QTest::mouseClick(m_stage->view.viewport(), Qt::LeftButton, {}, at(0));
    QTest::mouseClick(m_stage->view.viewport(), Qt::LeftButton, Qt::ShiftModifier, at(2));
    QCOMPARE(m_stage->view.selection().rows(), (Rows{0, 1, 2}));
    QTest::mouseClick(m_stage->view.viewport(), Qt::LeftButton, Qt::ShiftModifier, at(1));
    QCOMPARE(m_stage->view.selection().rows(), (Rows{0, 1}));
    QTest::mouseClick(m_stage->view.viewport(), Qt::LeftButton, Qt::ControlModifier, at(1));
    QCOMPARE(m_stage->view.selection().rows(), Rows{0});
}

void TestTimelineEditing::keepsTheSelectionUntilTheRelease()
{
    m_stage->view.selection().select({0, 1}, 0);
    m_stage->press(at(0));
    QCOMPARE(m_stage->view.selection().rows(), (Rows{0, 1}));
    m_stage->release(at(0));
    QCOMPARE(m_stage->view.selection().rows(), Rows{0});
}

void TestTimelineEditing::followsEditsForAScreenReader()
{
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&m_stage->view);
    constexpr int Others = 1 + 3 + 1; // the marker, the lanes, the playhead
    QCOMPARE(list->childCount(), 5 + Others);
    QCOMPARE(list->child(1)->text(QAccessible::Name), QStringLiteral("Second"));
    QVERIFY(!list->child(1)->state().selected);
    m_stage->view.selection().select({0, 1}, 0);
    QVERIFY(list->child(1)->state().selected); // as one of several
    m_stage->view.selection().select({0}, 0);
    m_stage->view.controller().deleteSelection(Gap::Stays);
    QCOMPARE(list->childCount(), 4 + Others);
    QCOMPARE(list->child(0)->text(QAccessible::Name), QStringLiteral("Second"));
    m_stage->document.undoStack()->undo();
    QCOMPARE(list->child(0)->text(QAccessible::Name), QStringLiteral("First"));
    QCOMPARE(list->child(3)->text(QAccessible::Name), QStringLiteral("Wave")); // by its time
    QCOMPARE(list->child(8)->text(QAccessible::Name), QStringLiteral("Lane c"));
    QVERIFY(list->child(8)->text(QAccessible::Description).contains(QLatin1String("locked")));
    m_stage->drag(grabbed(0), over(120, 1));
    QVERIFY(list->child(0)->text(QAccessible::Description).contains(QLatin1String("at 2:00 on b")));
}

void TestTimelineEditing::canBeActedOnByAScreenReader()
{
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&m_stage->view);
    const auto act = [list](int child, const QString &name) {
        QAccessibleActionInterface *actions = list->child(child)->actionInterface();
        QVERIFY(actions->actionNames().contains(name));
        actions->doAction(name);
    };
    QSignalSpy activated(&m_stage->view, &TimelineView::activated);
    act(1, QAccessibleActionInterface::setFocusAction());
    QCOMPARE(m_stage->view.selection().current(), 1);
    act(2, QAccessibleActionInterface::pressAction());
    QCOMPARE(activated.size(), 1);
    act(0, QAccessibleActionInterface::increaseAction());
    QVERIFY(m_stage->secondsOf(0) > 60);
    act(6, QAccessibleActionInterface::toggleAction());
    QVERIFY(m_stage->document.timeline().lanes[0].collapsed);
}

QTEST_MAIN(TestTimelineEditing)
#include "tst_timelineediting.moc"
