// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/checkpanel.h"

#include "app/readiness/showcheck.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/show/checkicon.h"
#include "ui/show/roundtripchart.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/spoken.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <array>
#include <utility>

namespace {

using State = CheckItem::State;

constexpr int MarkColumn = 0;
constexpr int TopicColumn = 1;
constexpr int TextColumn = 2;

/** Always shown, in this order. */
constexpr std::array Lasting{"target", "key", "rate-limit", "generator", "punctuality"};
/** Shown as long as they are not well: what may turn bad in a show. */
constexpr std::array Passing{"power", "sleep", "disk", "clock", "audience"};

/** Later than this, an audience could see it. */
constexpr std::chrono::milliseconds LateWarning{100};

/** A sheet of the base colour with a thin line around it. */
class Sheet : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::of(palette());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.separator);
        painter.setBrush(theme.base);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }
};

QString coloured(const QString &text, const QColor &ink)
{
    return QStringLiteral("<span style=\"color:%1; font-weight:600\">%2</span>")
        .arg(ink.name(), text.toHtmlEscaped());
}

} // namespace

HealthPanel::HealthPanel(ShowCheck *check, QWidget *parent)
    : QWidget(parent)
    , m_check(check)
    , m_chart(new RoundTripChart(this))
{
    const QFontMetricsF metrics(font());
    auto *title = new QLabel(tr("Target and network"), this);
    QFont heading = title->font();
    heading.setWeight(QFont::DemiBold);
    title->setFont(heading);
    auto *sheet = new Sheet(this);
    m_grid = new QGridLayout(sheet);
    const int side = scaledInt(metrics, 12);
    m_grid->setContentsMargins(side, scaledInt(metrics, 8), side, scaledInt(metrics, 8));
    m_grid->setHorizontalSpacing(scaledInt(metrics, 8));
    m_grid->setVerticalSpacing(scaledInt(metrics, 6));
    m_grid->setColumnStretch(TextColumn, 1);
    m_grid->setColumnMinimumWidth(TopicColumn, scaledInt(metrics, 84));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaledInt(metrics, 6));
    column->addWidget(title);
    column->addWidget(sheet);

    for (const char *id : Lasting) {
        addRow(QLatin1String(id), true);
    }
    for (const char *id : Passing) {
        addRow(QLatin1String(id), false);
    }
    m_chartTopic = new QLabel(tr("Round trip"), sheet);
    const int last = m_grid->rowCount();
    m_grid->addWidget(m_chartTopic, last, TopicColumn);
    m_grid->addWidget(m_chart, last, TextColumn);

    connect(m_check, &ShowCheck::itemChanged, this, &HealthPanel::showItem);
    connect(m_check, &ShowCheck::restarted, this, &HealthPanel::showAll);
    connect(m_check, &ShowCheck::roundTripMeasured, this,
            [this] { m_chart->setRoundTrips(m_check->roundTrips()); });
    showAll();
}

void HealthPanel::addRow(const QString &id, bool isLasting)
{
    QWidget *sheet = m_grid->parentWidget();
    Row row;
    row.isLasting = isLasting;
    row.mark = new QLabel(sheet);
    row.topic = new QLabel(sheet);
    row.topic->setTextFormat(Qt::PlainText);
    row.text = new QLabel(sheet);
    row.text->setTextFormat(Qt::RichText);
    row.text->setWordWrap(true);
    row.text->setObjectName(id);
    const int at = m_grid->rowCount();
    m_grid->addWidget(row.mark, at, MarkColumn, Qt::AlignTop);
    m_grid->addWidget(row.topic, at, TopicColumn, Qt::AlignTop);
    m_grid->addWidget(row.text, at, TextColumn, Qt::AlignTop);
    for (QLabel *label : {row.mark, row.topic, row.text}) {
        label->setVisible(isLasting);
    }
    m_rows.insert(id, row);
}

void HealthPanel::setRun(const RunRecord &record)
{
    m_health = runHealth(record);
    m_check->setRun(record);
    showPunctuality();
}

void HealthPanel::showAll()
{
    for (auto row = m_rows.constBegin(); row != m_rows.constEnd(); ++row) {
        const CheckItem *known = m_check->item(row.key());
        CheckItem item = known ? *known : checkItem(qPrintable(row.key()));
        if (!known) {
            item.state = State::Unknown;
            item.brief = tr("not checked yet");
            item.sentence = tr("Not checked yet.");
        }
        showItem(item);
    }
    showPunctuality();
    m_chart->setRoundTrips(m_check->roundTrips());
    QPalette secondary = palette();
    secondary.setColor(QPalette::WindowText, Theme::of(palette()).secondary);
    m_chartTopic->setPalette(secondary);
}

void HealthPanel::showItem(const CheckItem &item)
{
    const auto row = m_rows.find(item.id);
    if (row == m_rows.end() || item.id == u"punctuality") {
        return;
    }
    const Theme &theme = Theme::of(palette());
    const bool isBad = item.state == State::Warning || item.state == State::Problem;
    QString html = isBad ? coloured(item.brief, checkInk(item.state, theme))
                   : item.state == State::Good
                       ? item.brief.toHtmlEscaped()
                       : QStringLiteral("<span style=\"color:%1\">%2</span>")
                             .arg(theme.secondary.name(), item.brief.toHtmlEscaped());
    if (isBad && item.id == u"rate-limit") {
        // What stands behind the comma is as usual.
        const QString first = item.brief.section(QStringLiteral(", "), 0, 0);
        html = coloured(first, checkInk(item.state, theme)) +
               item.brief.mid(first.size()).toHtmlEscaped();
    }
    fill(*row, item, html);
}

void HealthPanel::fill(Row &row, const CheckItem &item, const QString &html)
{
    const bool isBad = item.state == State::Warning || item.state == State::Problem;
    const bool isShown = row.isLasting || isBad;
    const int size = scaledInt(QFontMetricsF(font()), 16);
    // A limit that is closed passes by itself: it is waited for, and nobody is warned.
    const bool isClosed = item.id == u"rate-limit" && item.state == State::Warning;
    const bool isToCome = item.state == State::Unknown && !m_check->item(item.id);
    const QIcon mark = isClosed   ? stateIcon(IncidentState::Waiting)
                       : isToCome ? stateIcon(IncidentState::Scheduled)
                                  : checkIcon(item.state);
    row.mark->setPixmap(mark.pixmap(QSize(size, size), devicePixelRatioF()));
    row.topic->setText(item.topic);
    QPalette secondary = palette();
    secondary.setColor(QPalette::WindowText, Theme::of(palette()).secondary);
    row.topic->setPalette(secondary);
    row.text->setText(html);
    const QString words =
        item.fix.isEmpty() ? item.sentence : QString(item.sentence + u' ' + item.fix);
    for (QLabel *label : {row.mark, row.topic, row.text}) {
        label->setToolTip(PlainText::wrapped(words));
        label->setVisible(isShown);
    }
    setSpokenName(row.mark, stateName(item.state));
    setSpokenName(row.text, tr("%1, %2: %3").arg(item.topic, stateName(item.state), words));
}

void HealthPanel::showPunctuality()
{
    CheckItem item = checkItem("punctuality");
    item.topic = tr("Punctuality");
    if (!m_health.medianLate || !m_health.worstLate) {
        item.state = State::Unknown;
        item.brief = tr("nothing sent yet");
        item.sentence = tr("No incident of the run was sent yet.");
    } else {
        item.state = *m_health.worstLate > LateWarning ? State::Warning : State::Good;
        item.brief = tr("median %1, worst %2 late")
                         .arg(latencyText(*m_health.medianLate), latencyText(*m_health.worstLate));
        item.sentence = tr("How late incidents went out: %1.").arg(item.brief);
    }
    const Theme &theme = Theme::of(palette());
    const QString html = item.state == State::Good ? item.brief.toHtmlEscaped()
                         : item.state == State::Warning
                             ? coloured(item.brief, theme.warning)
                             : QStringLiteral("<span style=\"color:%1\">%2</span>")
                                   .arg(theme.secondary.name(), item.brief.toHtmlEscaped());
    fill(m_rows[item.id], item, html);
}

void HealthPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_isShowing) {
        m_isShowing = true; // the labels' own palettes change with it
        showAll();
        m_isShowing = false;
    }
}
