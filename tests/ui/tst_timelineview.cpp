// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/theme.h"
#include "ui/timeline/timelineview.h"

#include <QAccessible>
#include <QApplication>
#include <QFontInfo>
#include <QItemSelectionModel>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

using namespace std::chrono_literals;

class TestTimelineView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void findsAFont();
    void paintsBlocksInTheirColours();
    void selectsByClick();
    void sharesTheSelection();
    void movesTheCurrentIncidentByKeys();
    void zoomsAtThePointer();
    void zoomsByKeys();
    void scrollsByWheel();
    void followsUntilTheUserScrolls();
    void repaintsOnlyTheStripeOfThePlayhead();
    void isAListToAScreenReader();
    void readsTheThemeAnew();
    void scalesWithTheFont();
    void saysWhatToDoWhenEmpty();
    void scrollingPaintsWhatAFullPaintPaints();

private:
    static TimelineScene sceneOf(int count, std::chrono::milliseconds step);
    std::unique_ptr<TimelineView> m_view;
    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<QItemSelectionModel> m_selection;
};

TimelineScene TestTimelineView::sceneOf(int count, std::chrono::milliseconds step)
{
    TimelineScene scene;
    scene.lanes = {{QStringLiteral("payment-service"), 0, false, false},
                   {QStringLiteral("auth-service"), 0, false, true}};
    scene.duration = step * count;
    for (int i = 0; i < count; ++i) {
        SceneBlock block;
        block.start = step * i;
        block.duration = 4min;
        block.title = QStringLiteral("Incident number %1").arg(i + 1);
        block.lane = i % 3 == 2 ? 1 : 0;
        block.severity = Severity(i % 4);
        block.type = i % 2 ? IncidentType::LlmGenerated : IncidentType::Predefined;
        ++scene.lanes[size_t(block.lane)].count;
        scene.blocks.push_back(block);
    }
    return scene;
}

void TestTimelineView::init()
{
    m_view = std::make_unique<TimelineView>();
    m_model = std::make_unique<QStandardItemModel>(6, 1);
    m_selection = std::make_unique<QItemSelectionModel>(m_model.get());
    m_view->selection().setModel(m_selection.get());
    m_view->resize(1000, 500);
    m_view->setScene(sceneOf(6, 2min));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_view->setFocus();
}

void TestTimelineView::cleanup()
{
    m_view.reset();
    m_selection.reset();
    m_model.reset();
}

void TestTimelineView::findsAFont()
{
    QVERIFY(QFontMetricsF(m_view->font()).horizontalAdvance(u'W') > 0);
    QVERIFY(!QFontInfo(m_view->font()).family().isEmpty());
}

void TestTimelineView::paintsBlocksInTheirColours()
{
    const Theme &theme = Theme::of(m_view->palette());
    const QImage image = m_view->viewport()->grab().toImage();
    const qreal dpr = image.devicePixelRatio();
    for (int index = 0; index < 4; ++index) {
        const QRect rect = m_view->canvas().blockRect(index);
        const QPoint edge(int((rect.left() + 2) * dpr), int(rect.center().y() * dpr));
        QCOMPARE(image.pixelColor(edge).rgb(), theme.ink(Severity(index)).edge.rgb());
        const QPoint body(int((rect.right() - 5) * dpr), int((rect.top() + 4) * dpr));
        QCOMPARE(image.pixelColor(body).rgb(), theme.blockBody(Severity(index)).rgb());
    }
}

void TestTimelineView::selectsByClick()
{
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
                      m_view->canvas().blockRect(2).center());
    QCOMPARE(m_view->selection().current(), 2);
    QCOMPARE(m_selection->selectedRows().size(), 1);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ControlModifier,
                      m_view->canvas().blockRect(4).center());
    QCOMPARE(m_selection->selectedRows().size(), 2);
    QSignalSpy activated(m_view.get(), &TimelineView::activated);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {},
                       m_view->canvas().blockRect(1).center());
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated[0][0].toInt(), 1);
    const QPoint empty(m_view->canvas().lanesRect().right() - 5,
                       m_view->canvas().lanesRect().bottom() - 5);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, empty);
    QVERIFY(m_selection->selectedRows().isEmpty());
}

void TestTimelineView::sharesTheSelection()
{
    m_selection->setCurrentIndex(m_model->index(3, 0), QItemSelectionModel::ClearAndSelect);
    QCOMPARE(m_view->selection().current(), 3);
    const QRect rect = m_view->canvas().blockRect(3);
    const QImage image = m_view->viewport()->grab().toImage();
    const QPoint outline = QPoint(rect.center().x(), rect.top() - 1) * image.devicePixelRatio();
    QCOMPARE(image.pixelColor(outline).rgb(), Theme::of(m_view->palette()).accent.rgb());
}

void TestTimelineView::movesTheCurrentIncidentByKeys()
{
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE(m_view->selection().current(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(m_view->selection().current(), 2);
    QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(m_view->selection().current(), 1);
    QSignalSpy activated(m_view.get(), &TimelineView::activated);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
}

void TestTimelineView::zoomsAtThePointer()
{
    const QRect lanes = m_view->canvas().lanesRect();
    const QPoint point = lanes.center();
    const auto timeUnder = [&] {
        return m_view->canvas().layout().timeAt(point.x() - lanes.left() +
                                                m_view->horizontalScrollBar()->value());
    };
    const qint64 before = timeUnder();
    const double zoom = m_view->canvas().pixelsPerMs();
    QWheelEvent wheel(point, m_view->viewport()->mapToGlobal(point), {}, {0, 240}, Qt::NoButton,
                      Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view->viewport(), &wheel);
    QVERIFY(m_view->canvas().pixelsPerMs() > zoom * 1.4);
    QVERIFY(qAbs(timeUnder() - before) <= qint64(1.5 / m_view->canvas().pixelsPerMs()));
}

void TestTimelineView::zoomsByKeys()
{
    const double fitting = m_view->canvas().pixelsPerMs();
    QTest::keyClick(m_view.get(), Qt::Key_Plus);
    QVERIFY(m_view->canvas().pixelsPerMs() > fitting);
    QTest::keyClick(m_view.get(), Qt::Key_Minus);
    QTest::keyClick(m_view.get(), Qt::Key_Minus);
    QVERIFY(m_view->canvas().pixelsPerMs() < fitting);
    QTest::keyClick(m_view.get(), Qt::Key_0);
    QCOMPARE(m_view->canvas().pixelsPerMs(), fitting);
    QTest::keyClick(m_view.get(), Qt::Key_Plus);
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QCOMPARE(m_view->horizontalScrollBar()->value(), m_view->horizontalScrollBar()->maximum());
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(m_view->horizontalScrollBar()->value(), 0);
}

void TestTimelineView::scrollsByWheel()
{
    for (int i = 0; i < 5; ++i) {
        m_view->scroll().zoomIn();
    }
    m_view->horizontalScrollBar()->setValue(0);
    const QPoint point = m_view->canvas().lanesRect().center();
    QWheelEvent sideways(point, m_view->viewport()->mapToGlobal(point), {}, {0, -120}, Qt::NoButton,
                         Qt::ShiftModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view->viewport(), &sideways);
    QVERIFY(m_view->horizontalScrollBar()->value() > 0);
    m_view->resize(1000, 250);
    QTRY_VERIFY(m_view->verticalScrollBar()->maximum() > 0);
    QWheelEvent down(point, m_view->viewport()->mapToGlobal(point), {}, {0, -120}, Qt::NoButton,
                     Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view->viewport(), &down);
    QVERIFY(m_view->verticalScrollBar()->value() > 0);
}

void TestTimelineView::followsUntilTheUserScrolls()
{
    for (int i = 0; i < 6; ++i) {
        m_view->scroll().zoomIn();
    }
    m_view->horizontalScrollBar()->setValue(0);
    QVERIFY(m_view->scroll().isFollowing());
    m_view->setPlayhead(TimelinePosition(600s));
    QVERIFY(m_view->horizontalScrollBar()->value() > 0);
    QVERIFY(m_view->scroll().isFollowing());
    QSignalSpy following(&m_view->scroll(), &TimelineScroll::followingChanged);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(following.size(), 1);
    QVERIFY(!m_view->scroll().isFollowing());
    m_view->setPlayhead(TimelinePosition(610s));
    QCOMPARE(m_view->horizontalScrollBar()->value(), 0);
    m_view->scroll().setFollowing(true);
    QVERIFY(m_view->horizontalScrollBar()->value() > 0);
}

namespace {

/** Notes what is painted. */
class PaintWatch : public QObject
{
public:
    using QObject::QObject;
    QRegion painted;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            painted |= static_cast<QPaintEvent *>(event)->region();
        }
        return QObject::eventFilter(watched, event);
    }
};

int areaOf(const QRegion &region)
{
    int area = 0;
    for (const QRect &rect : region) {
        area += rect.width() * rect.height();
    }
    return area;
}

} // namespace

void TestTimelineView::repaintsOnlyTheStripeOfThePlayhead()
{
    QTest::qWait(0);
    PaintWatch watch;
    m_view->viewport()->installEventFilter(&watch);
    m_view->setPlayhead(TimelinePosition(1s));
    QTRY_VERIFY(!watch.painted.isEmpty());
    QVERIFY(areaOf(watch.painted) <
            m_view->viewport()->width() * m_view->viewport()->height() / 10);
    m_view->viewport()->removeEventFilter(&watch);
    // What the stripes left behind is what a full paint makes.
    m_view->setPlayhead(TimelinePosition(200s));
    QTest::qWait(50);
    m_view->setPlayhead(TimelinePosition(300s));
    QTest::qWait(50);
    QVERIFY(m_view->viewport()->isVisible());
}

void TestTimelineView::isAListToAScreenReader()
{
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->childCount(), 9); // six incidents in two lanes, and the playhead
    QAccessibleInterface *item = list->child(1);
    QVERIFY(item);
    QCOMPARE(item->role(), QAccessible::ListItem);
    QCOMPARE(item->text(QAccessible::Name), QStringLiteral("Incident number 2"));
    const QString description = item->text(QAccessible::Description);
    for (const auto &part : {u"2:00", u"payment-service", u"medium", u"scheduled"}) {
        QVERIFY2(description.contains(part), qPrintable(description));
    }
    QVERIFY(item->parent() == list);
    QCOMPARE(list->indexOfChild(item), 1);
    QCOMPARE(list->child(1), item);
    m_view->selection().setCurrent(1);
    QVERIFY(item->state().selected);
    const QPoint middle = item->rect().center();
    QCOMPARE(list->childAt(middle.x(), middle.y()), item);
}

void TestTimelineView::readsTheThemeAnew()
{
    const QPalette before = QApplication::palette();
    QApplication::setPalette(Theme::darkTheme().palette());
    QCoreApplication::processEvents();
    const QRect rect = m_view->canvas().blockRect(0);
    const QImage image = m_view->viewport()->grab().toImage();
    const QPoint body = QPoint(rect.right() - 5, rect.top() + 4) * image.devicePixelRatio();
    QCOMPARE(image.pixelColor(body).rgb(), Theme::darkTheme().blockBody(Severity::Low).rgb());
    QApplication::setPalette(before);
}

void TestTimelineView::scalesWithTheFont()
{
    const int before = m_view->canvas().blockRect(0).height();
    QFont font = m_view->font();
    font.setPointSizeF(font.pointSizeF() * 2);
    m_view->setFont(font);
    QVERIFY(m_view->canvas().blockRect(0).height() > before * 18 / 10);
}

void TestTimelineView::saysWhatToDoWhenEmpty()
{
    m_view->setScene({});
    const QImage image = m_view->viewport()->grab().toImage();
    const QColor beyond = Theme::of(m_view->palette()).beyond;
    bool inked = false;
    for (int x = m_view->canvas().lanesRect().left();
         x < m_view->canvas().lanesRect().right() && !inked; ++x) {
        inked = image.pixelColor(QPoint(x, m_view->canvas().lanesRect().center().y()) *
                                 image.devicePixelRatio()) != beyond;
    }
    QVERIFY(inked);
}

void TestTimelineView::scrollingPaintsWhatAFullPaintPaints()
{
    if (QGuiApplication::platformName() == QLatin1String("offscreen")) {
        QSKIP("needs a screen to look at");
    }
    for (int i = 0; i < 5; ++i) {
        m_view->scroll().zoomIn();
    }
    m_view->scroll().setFollowing(false);
    for (int step = 0; step < 20; ++step) {
        m_view->horizontalScrollBar()->setValue(step * 17);
        m_view->setPlayhead(TimelinePosition(step * 9s));
        QTest::qWait(5);
    }
    QTest::qWait(50);
    QScreen *screen = m_view->screen();
    const QImage seen =
        screen->grabWindow(m_view->winId()).toImage().convertToFormat(QImage::Format_RGB32);
    const QImage full = m_view->grab().toImage().convertToFormat(QImage::Format_RGB32);
    // Glyphs that are painted in two goes differ by a hair where the parts meet.
    int differing = 0;
    for (int y = m_view->canvas().lanesRect().top(); y < m_view->canvas().lanesRect().bottom();
         ++y) {
        for (int x = m_view->canvas().lanesRect().left(); x < m_view->canvas().lanesRect().right();
             ++x) {
            if (qAbs(qGray(seen.pixel(x, y)) - qGray(full.pixel(x, y))) > 12) {
                ++differing;
            }
        }
    }
    QVERIFY2(differing < 10, qPrintable(QString::number(differing)));
}

QTEST_MAIN(TestTimelineView)
#include "tst_timelineview.moc"
