// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Editing large timelines at 1920×1080: forty lanes in compact rows, about 500 blocks in sight.
 * How long a frame of panning, scrolling, zooming and dragging takes, what loading and undoing
 * cost, and how much memory an incident needs; beside it the same with one QGraphicsItem per
 * incident.
 */
#include "app/library/scenariolibrary.h"
#include "benchreport.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/models/incidenttablemodel.h"
#include "ui/timeline/timelineview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QGraphicsItem>
#include <QGraphicsScene>
#include <QGraphicsView>
#include <QItemSelectionModel>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace {

constexpr int Lanes = 40;
constexpr size_t WantedInSight = 500;
constexpr int Frames = 60;
constexpr int UndoneIncidents = 10000;

QByteArray largeTimeline(int incidents)
{
    const int span = incidents * 4; // seconds
    QByteArray text = "{\n  \"name\": \"Large\", \"description\": \"\", \"duration_minutes\": " +
                      QByteArray::number(span / 60 + 10) + ",\n  \"incidents\": [\n";
    const char *severities[]{"low", "medium", "high", "critical"};
    for (int i = 0; i < incidents; ++i) {
        text += QByteArray(i > 0 ? ",\n" : "") +
                "    { \"delay_seconds\": " + QByteArray::number(qint64(i) * 7919 % span) +
                (i % 2 == 0 ? QByteArray(", \"type\": \"predefined\", \"scenario_id\": "
                                         "\"pod_crash_loop\"")
                            : ", \"type\": \"llm_generated\", \"llm_prompt\": \"The disk of "
                              "{{service}} fills to " +
                                  QByteArray::number(i % 97) +
                                  " percent and requests fail with HTTP 500\", "
                                  "\"expected_severity\": \"" +
                                  severities[i / 2 % 4] + "\"") +
                ", \"service_name\": \"service-" + QByteArray::number(i % Lanes) +
                "\", \"comment\": \"Incident " + QByteArray::number(i) + "\" }";
    }
    return text + "\n  ]\n}\n";
}

template<typename Step>
double milliseconds(Step step)
{
    QElapsedTimer timer;
    timer.start();
    step();
    return double(timer.nsecsElapsed()) / 1e6;
}

template<typename Step>
std::vector<double> frames(Step step)
{
    std::vector<double> values;
    for (int i = 0; i < Frames; ++i) {
        values.push_back(milliseconds([&] {
            step(i);
            QApplication::processEvents();
        }));
    }
    return values;
}

void tell(const char *what, int incidents, const std::vector<double> &values, double bound)
{
    QJsonObject line = spread(values);
    line.insert(QStringLiteral("benchmark"), QLatin1String(what));
    line.insert(QStringLiteral("incidents"), incidents);
    if (bound > 0) {
        line.insert(QStringLiteral("bound_ms"), bound);
    }
    report(line);
}

/** A document with its model and its view, wired as the window does it. */
struct Designer
{
    Designer()
    {
        QObject::connect(&document, &TimelineDocument::opened, &model,
                         [this] { model.setTimeline(document.timeline(), scenarios); });
        QObject::connect(&document, &TimelineDocument::changed, &model,
                         [this](const TimelineChange &change) {
                             model.applyChange(change, document.timeline(), scenarios);
                         });
        QObject::connect(&model, &IncidentTableModel::sceneReset, &view,
                         [this] { view.setScene(model.scene()); });
        QObject::connect(&model, &IncidentTableModel::sceneChanged, &view,
                         [this] { view.updateScene(model.scene()); });
        view.selection().setModel(&selection);
        view.controller().setScenarios(&scenarios);
        view.controller().setDocument(&document);
        view.resize(1920, 1080);
        view.scroll().setFollowing(false);
        view.show();
        QApplication::processEvents();
    }

    Rows inSight() const
    {
        Rows rows = view.canvas().layout().itemsIn(
            QRectF(view.canvas().scrollOffset(), QSizeF(view.canvas().lanesRect().size())));
        std::sort(rows.begin(), rows.end());
        return rows;
    }

    /** Zooms until about as many blocks are seen as the bound speaks of. */
    void showWanted()
    {
        double low = view.canvas().layout().minimumPixelsPerMs();
        double high = view.canvas().layout().maximumPixelsPerMs();
        for (int i = 0; i < 40; ++i) {
            const double middle = std::sqrt(low * high);
            view.scroll().setPixelsPerMs(middle, view.canvas().lanesRect().width() / 2);
            const size_t count = inSight().size();
            // Where lanes are dense there are no blocks yet.
            if (count == 0 || count > WantedInSight) {
                low = middle;
            } else {
                high = middle;
            }
        }
        QApplication::processEvents();
    }

    const ScenarioLibrary scenarios = ScenarioLibrary::standard();
    TimelineDocument document;
    IncidentTableModel model;
    QItemSelectionModel selection{&model};
    TimelineView view;
};

void sendMouse(QWidget *widget, QEvent::Type type, const QPoint &point)
{
    QMouseEvent event(type, point, widget->mapToGlobal(point),
                      type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                      type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, {});
    QApplication::sendEvent(widget, &event);
}

/** The zoom at which as many were seen as the bound speaks of. */
double measureView(int incidents, const QByteArray &text)
{
    auto designer = std::make_unique<Designer>();
    const qint64 before = residentBytes();
    tell("load_to_first_paint", incidents, {milliseconds([&] {
             if (!designer->document.restore(text, {})) {
                 qFatal("the timeline does not parse");
             }
             designer->view.viewport()->repaint();
         })},
         1500);
    QApplication::processEvents();
    report({{QStringLiteral("benchmark"), QStringLiteral("memory_above_the_file")},
            {QStringLiteral("incidents"), incidents},
            {QStringLiteral("bytes_an_incident"),
             double(residentBytes() - before - text.size()) / incidents},
            {QStringLiteral("bound_bytes"), 1024}});

    TimelineView &view = designer->view;
    view.setCompact(true);
    view.scroll().fit();
    QApplication::processEvents();
    tell("whole_view", incidents, frames([&](int) { view.viewport()->repaint(); }), 16);

    designer->showWanted();
    const Rows seen = designer->inSight();
    const double zoom = view.canvas().pixelsPerMs();
    report({{QStringLiteral("benchmark"), QStringLiteral("in_sight")},
            {QStringLiteral("incidents"), incidents},
            {QStringLiteral("blocks"), int(seen.size())}});
    tell("repaint_in_sight", incidents, frames([&](int) { view.viewport()->repaint(); }), 8);
    tell("pan", incidents, frames([&](int i) {
             QScrollBar *bar = view.horizontalScrollBar();
             bar->setValue(bar->value() + (i < Frames / 2 ? 24 : -24));
         }),
         8);
    tell("scroll", incidents, frames([&](int i) {
             QScrollBar *bar = view.verticalScrollBar();
             bar->setValue(bar->value() + (i < Frames / 2 ? 12 : -12));
         }),
         8);
    tell("zoom_step", incidents, frames([&](int i) {
             view.scroll().setPixelsPerMs(view.canvas().pixelsPerMs() * (i % 20 < 10 ? 1.25 : 0.8),
                                          view.canvas().lanesRect().width() / 2);
         }),
         16);

    designer->showWanted();
    Rows grabbed = designer->inSight();
    grabbed.resize(std::min(grabbed.size(), WantedInSight));
    view.selection().select(grabbed, grabbed.front());
    QApplication::processEvents();
    QPoint from = view.canvas().blockRect(grabbed[grabbed.size() / 2]).center();
    for (const int row : grabbed) {
        if (view.canvas()
                .lanesRect()
                .adjusted(400, 100, -400, -100)
                .contains(view.canvas().blockRect(row))) {
            from = view.canvas().blockRect(row).center();
        }
    }
    const double begin = milliseconds([&] {
        sendMouse(view.viewport(), QEvent::MouseButtonPress, from);
        sendMouse(view.viewport(), QEvent::MouseMove, from + QPoint(40, 0));
        QApplication::processEvents();
    });
    tell("drag_begins", incidents, {begin}, 0);
    tell("drag_500", incidents, frames([&](int i) {
             sendMouse(view.viewport(), QEvent::MouseMove, from + QPoint(40 + 5 * i, i % 9));
         }),
         8);
    tell("drop_500", incidents, {milliseconds([&] {
             sendMouse(view.viewport(), QEvent::MouseButtonRelease, from + QPoint(200, 0));
             QApplication::processEvents();
         })},
         0);

    Rows many(size_t(std::min(incidents, UndoneIncidents)));
    for (size_t i = 0; i < many.size(); ++i) {
        many[i] = int(i) * (incidents / int(many.size()));
    }
    designer->document.edit(QStringLiteral("Move"), movedBy(designer->document.timeline(), many,
                                                            std::chrono::milliseconds(60000)));
    QApplication::processEvents();
    std::vector<double> undos;
    for (int i = 0; i < 10; ++i) {
        undos.push_back(milliseconds([&] {
            if (i % 2 == 0) {
                designer->document.undoStack()->undo();
            } else {
                designer->document.undoStack()->redo();
            }
            view.viewport()->repaint();
        }));
        QApplication::processEvents();
    }
    tell("undo_of_10000_moved", incidents, undos, 20);
    return zoom;
}

/** The same block as an item of a scene. */
class BlockItem : public QGraphicsItem
{
public:
    BlockItem(const SceneBlock &block, qreal width, qreal height, const Theme &theme)
        : m_title(block.title)
        , m_rect(0, 0, width, height)
        , m_body(theme.blockBody(block.severity))
        , m_edge(theme.ink(block.severity).edge)
    {}
    QRectF boundingRect() const override { return m_rect; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override
    {
        painter->fillRect(m_rect, m_body);
        painter->fillRect(QRectF(0, 0, 3, m_rect.height()), m_edge);
        painter->fillRect(QRectF(0, m_rect.height() - 3, m_rect.width(), 3), m_edge);
        painter->fillRect(QRectF(6, 3, 14, 14), m_edge);
        painter->drawText(QPointF(26, m_rect.height() - 7),
                          QFontMetricsF(painter->font())
                              .elidedText(m_title, Qt::ElideRight, m_rect.width() - 30));
    }
    void setWidth(qreal width)
    {
        prepareGeometryChange();
        m_rect.setWidth(width);
    }

private:
    QString m_title;
    QRectF m_rect;
    QColor m_body;
    QColor m_edge;
};

void measureItems(int incidents, const QByteArray &text, double pixelsPerMs)
{
    const ScenarioLibrary scenarios = ScenarioLibrary::standard();
    const TimelineFile file = *TimelineFile::parse(text, {});
    const TimelineScene scene = buildScene(file.timeline(), scenarios);
    TimelineLayout layout;
    layout.setMeasures(TimelineLook::measuresFor(QApplication::font(), true));
    std::vector<LayoutItem> places;
    for (const SceneBlock &block : scene.blocks) {
        places.push_back({block.start.count(), block.duration.count(), block.lane});
    }
    layout.setItems(std::move(places), int(scene.lanes.size()), scene.duration.count());
    layout.setPixelsPerMs(pixelsPerMs);

    QGraphicsScene stage;
    QGraphicsView window(&stage);
    window.resize(1920, 1080);
    window.show();
    std::vector<BlockItem *> items;
    const Theme &theme = Theme::light();
    const auto place = [&](size_t i) {
        const QRectF rect = layout.blockRect(int(i));
        items[i]->setPos(rect.topLeft());
        items[i]->setWidth(rect.width());
    };
    tell("items_first_paint", incidents, {milliseconds([&] {
             for (size_t i = 0; i < scene.blocks.size(); ++i) {
                 const QRectF rect = layout.blockRect(int(i));
                 items.push_back(
                     new BlockItem(scene.blocks[i], rect.width(), rect.height(), theme));
                 items.back()->setPos(rect.topLeft());
                 stage.addItem(items.back());
             }
             window.viewport()->repaint();
         })},
         0);
    window.horizontalScrollBar()->setValue(window.horizontalScrollBar()->maximum() / 2);
    window.verticalScrollBar()->setValue(0);
    QApplication::processEvents();
    report({{QStringLiteral("benchmark"), QStringLiteral("items_in_sight")},
            {QStringLiteral("incidents"), incidents},
            {QStringLiteral("blocks"), int(window.items(window.viewport()->rect()).size())}});
    tell("items_pan", incidents, frames([&](int i) {
             QScrollBar *bar = window.horizontalScrollBar();
             bar->setValue(bar->value() + (i < Frames / 2 ? 24 : -24));
         }),
         0);
    QList<QGraphicsItem *> grabbed = window.items(window.viewport()->rect());
    grabbed.resize(std::min(grabbed.size(), qsizetype(WantedInSight)));
    tell("items_drag_500", incidents, frames([&](int) {
             for (QGraphicsItem *item : grabbed) {
                 item->moveBy(5, 0);
             }
         }),
         0);
    std::vector<double> zooms;
    std::vector<double> wholes;
    for (int i = 0; i < 3; ++i) {
        zooms.push_back(milliseconds([&] {
            layout.setPixelsPerMs(layout.pixelsPerMs() * 1.25);
            for (size_t item = 0; item < items.size(); ++item) {
                place(item);
            }
            window.viewport()->repaint();
        }));
    }
    tell("items_zoom_step", incidents, zooms, 0);
    window.fitInView(stage.itemsBoundingRect());
    for (int i = 0; i < 3; ++i) {
        wholes.push_back(milliseconds([&] { window.viewport()->repaint(); }));
    }
    tell("items_whole_view", incidents, wholes, 0);
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    for (const int incidents : {10000, 100000}) {
        const QByteArray text = largeTimeline(incidents);
        const double zoom = measureView(incidents, text);
        if (argc < 2 || qstrcmp(argv[1], "--view-only") != 0) {
            measureItems(incidents, text, zoom);
        }
    }
    return 0;
}
