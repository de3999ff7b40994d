// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/librarypreview.h"

#include "app/model/metrictext.h"
#include "ui/charts/metricchart.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace {

QString paragraph(const QString &heading, const QString &text)
{
    return text.isEmpty() ? QString()
                          : QStringLiteral("<p><b>%1</b><br>%2</p>")
                                .arg(heading.toHtmlEscaped(), text.toHtmlEscaped());
}

} // namespace

LibraryPreview::LibraryPreview(QWidget *parent)
    : QScrollArea(parent)
    , m_page(new QWidget(this))
    , m_column(new QVBoxLayout(m_page))
    , m_text(new QLabel(m_page))
{
    setObjectName(QStringLiteral("libraryPreview"));
    setAccessibleName(tr("Preview"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const QFontMetricsF metrics(font());
    setMinimumHeight(scaledInt(metrics, 120));
    m_page->setBackgroundRole(QPalette::Base);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    const int gap = scaledInt(metrics, 10);
    m_column->setContentsMargins(gap, gap, gap, gap);
    m_column->setSpacing(gap);
    m_column->addWidget(m_text);
    m_column->addStretch();
    setWidget(m_page);
    showEntry();
}

void LibraryPreview::setEntry(const LibraryEntry *entry)
{
    if (entry && m_entry && entry->key == m_entry->key && entry->scenario == m_entry->scenario &&
        entry->fragment.incidents == m_entry->fragment.incidents) {
        return;
    }
    m_entry = entry ? std::optional<LibraryEntry>(*entry) : std::nullopt;
    showEntry();
    ensureVisible(0, 0);
}

void LibraryPreview::showEntry()
{
    m_text->setText(m_entry ? html(*m_entry)
                            : tr("Select an entry to read what it is about.").toHtmlEscaped());
    const Scenario *scenario = m_entry && m_entry->scenario ? &*m_entry->scenario : nullptr;
    const qsizetype count = scenario ? scenario->metrics.size() : 0;
    while (m_charts.size() < count) {
        auto *chart = new MetricChart(m_page);
        m_column->insertWidget(m_column->count() - 1, chart);
        m_charts.append(chart);
    }
    for (qsizetype i = 0; i < m_charts.size(); ++i) {
        m_charts[i]->setVisible(i < count);
        if (i < count) {
            m_charts[i]->setMetric(*scenario, i, 0);
        } else {
            m_charts[i]->clear();
        }
    }
}

QString LibraryPreview::html(const LibraryEntry &entry) const
{
    const Theme &theme = Theme::of(palette());
    QStringList facts;
    if (entry.severity) {
        facts.append(severityName(*entry.severity));
    }
    if (entry.difficulty) {
        facts.append(difficultyName(*entry.difficulty));
    }
    facts.append(entry.detail);
    if (entry.kind != LibraryEntry::Kind::Prompt) {
        facts += entry.services;
    }
    QString out = QStringLiteral("<p><b>%1</b><br><span style=\"color:%2\">%3</span></p>")
                      .arg(entry.title.toHtmlEscaped(), theme.secondary.name(),
                           facts.join(QStringLiteral(" · ")).toHtmlEscaped());
    if (!entry.description.isEmpty()) {
        out += QStringLiteral("<p>%1</p>").arg(entry.description.toHtmlEscaped());
    }
    if (entry.kind != LibraryEntry::Kind::Scenario) {
        for (const Incident &incident : entry.fragment.incidents) {
            if (entry.kind == LibraryEntry::Kind::Prompt) {
                out += paragraph(tr("Comment"), incident.comment);
                out += paragraph(tr("Notes"), incident.notes);
                continue;
            }
            const QString name = !incident.title.isEmpty()        ? incident.title
                                 : !incident.scenarioId.isEmpty() ? incident.scenarioId
                                                                  : incident.prompt.left(80);
            out += QStringLiteral("<p style=\"margin:2px 0\"><span style=\"color:%1\">%2</span>"
                                  "&nbsp; %3</p>")
                       .arg(theme.secondary.name(), timeText(incident.delay), name.toHtmlEscaped());
        }
        return out;
    }
    const Scenario &scenario = *entry.scenario;
    out += paragraph(tr("Cause"), scenario.rootCause);
    out += paragraph(tr("Expected actions"), scenario.expectedActions.join(QStringLiteral(", ")));
    if (scenario.metrics.isEmpty()) {
        return out;
    }
    out +=
        QStringLiteral("<p><b>%1</b></p><table width=\"100%\" cellspacing=\"0\" cellpadding=\"2\">")
            .arg(tr("Metrics").toHtmlEscaped());
    for (const Metric &metric : scenario.metrics) {
        out += QStringLiteral("<tr><td colspan=\"3\">%1</td></tr>"
                              "<tr><td><b>%2</b></td><td style=\"color:%5\">%3</td>"
                              "<td align=\"right\">%4</td></tr>")
                   .arg(metric.name.toHtmlEscaped(),
                        metricValueText(metric.value, metric.unit).toHtmlEscaped(),
                        tr("from %1")
                            .arg(metricValueText(metric.baseline, metric.unit))
                            .toHtmlEscaped(),
                        sigmaText(metric.deviationSigma), theme.secondary.name());
    }
    return out + QStringLiteral("</table>");
}

void LibraryPreview::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_text) {
        showEntry();
    }
}
