// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/previewpane.h"

#include "app/base/numbers.h"
#include "ui/charts/chartlegend.h"
#include "ui/charts/metricchart.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/prompt/variantset.h"
#include "ui/source/sourceeditor.h"
#include "ui/widgets/livelook.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QScrollArea>
#include <QScrollBar>

namespace {

constexpr int PictureInterval = 100;
/** Of English text and JSON, on the average. */
constexpr qsizetype LettersPerToken = 4;
/** A whole scenario comes to about as many; only to have a bar that moves. */
constexpr int UsualTokens = 650;

QString secondsText(std::chrono::milliseconds time)
{
    return roundedText(double(time.count()) / 1000, 1);
}

} // namespace

PreviewPane::PreviewPane(VariantSet &variants, QWidget *parent)
    : QWidget(parent)
    , m_variants(variants)
{
    const QFontMetricsF metrics(font());
    auto *column = new QVBoxLayout(this);
    const int side = scaledInt(metrics, 14);
    column->setContentsMargins(side, scaledInt(metrics, 12), side, scaledInt(metrics, 8));
    column->setSpacing(scaledInt(metrics, 8));
    makeStream(column);
    makeCharts(column);

    m_soon.setSingleShot(true);
    m_soon.setInterval(PictureInterval);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        refreshStream();
        refreshCharts();
    });
    m_seconds.setInterval(PictureInterval);
    connect(&m_seconds, &QTimer::timeout, this, &PreviewPane::refreshStream);
    connect(&m_variants, &VariantSet::progressed, this, [this] {
        if (!m_soon.isActive()) {
            m_soon.start();
        }
    });
    const auto now = [this] {
        refreshStream();
        refreshCharts();
    };
    connect(&m_variants, &VariantSet::stateChanged, this, now);
    connect(&m_variants, &VariantSet::changed, this, [this](int index) {
        if (index == m_current) {
            refreshCharts();
        }
    });
    now();
}

void PreviewPane::makeStream(QVBoxLayout *column)
{
    const QFontMetricsF metrics(font());
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title = new QLabel(this);
    m_title->setFont(bold);
    m_mark = new QLabel(this);
    m_state = new QLabel(this);
    m_state->setObjectName(QStringLiteral("streamState"));
    m_state->setFont(bold);
    m_count = new QLabel(this);
    m_count->setObjectName(QStringLiteral("streamCount"));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    auto *head = new QHBoxLayout;
    head->setSpacing(scaledInt(metrics, 6));
    for (QLabel *label : {m_title, m_mark, m_state}) {
        head->addWidget(label);
    }
    head->addStretch(1);
    head->addWidget(m_count);
    column->addLayout(head);

    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(scaledInt(metrics, 5));
    m_progress->setAccessibleName(tr("How much of the answer has arrived"));
    column->addWidget(m_progress);

    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("stream"));
    m_text->setAccessibleName(tr("The answer as it arrives"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setUndoRedoEnabled(false);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF() * 0.9);
    m_text->setFont(fixed);
    m_text->setMinimumHeight(scaledInt(metrics, 90));
    new JsonHighlighter(m_text);
    column->addWidget(m_text, 2);
    m_notes = new QLabel(this);
    m_notes->setObjectName(QStringLiteral("streamNotes"));
    m_notes->setWordWrap(true);
    m_notes->setTextFormat(Qt::PlainText);
    column->addWidget(m_notes);
}

void PreviewPane::makeCharts(QVBoxLayout *column)
{
    const QFontMetricsF metrics(font());
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_caption = new QLabel(this);
    m_caption->setFont(bold);
    m_legend = new ChartLegend(this);
    column->addWidget(m_caption);
    column->addWidget(m_legend);

    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Charts"));
    auto *page = new QWidget(m_scroll);
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(scaledInt(metrics, 8));
    m_column->addStretch(1);
    m_scroll->setWidget(page);
    column->addWidget(m_scroll, 5);

    m_hint = new QLabel(tr("The metrics of a variant are drawn here, while its answer is still "
                           "arriving."),
                        this);
    m_hint->setObjectName(QStringLiteral("previewHint"));
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_hint, 5);
}

void PreviewPane::setCurrent(int index)
{
    m_current = index;
    refreshStream();
    refreshCharts();
}

const Variant *PreviewPane::streaming() const
{
    const Variant *shown = m_variants.at(m_current);
    if (shown && shown->isBusy() && shown->state() != Variant::State::Waiting) {
        return shown;
    }
    for (const auto &variant : m_variants.variants()) {
        if (variant->isBusy() && variant->state() != Variant::State::Waiting) {
            return variant.get();
        }
    }
    // Nothing is under way: what came last of the one that is shown.
    return shown && (!shown->text().isEmpty() || !shown->notes().isEmpty()) ? shown : nullptr;
}

void PreviewPane::refreshStream()
{
    const Variant *variant = streaming();
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_title, m_mark, m_state, m_count, m_progress, m_text}) {
        part->setVisible(variant != nullptr);
    }
    if (!variant) {
        m_seconds.stop();
        m_notes->hide();
        return;
    }
    const bool isBusy = variant->isBusy();
    const IncidentState state = isBusy               ? IncidentState::Preparing
                                : variant->isReady() ? IncidentState::Ready
                                : variant->state() == Variant::State::Failed
                                    ? IncidentState::Failed
                                    : IncidentState::Skipped;
    m_title->setText(tr("Variant %1").arg(VariantSet::letter(m_variants.indexOf(variant))));
    const int side = scaledInt(QFontMetricsF(font()), 16);
    setMark(m_mark, stateIcon(state), side);
    m_state->setText(isBusy                                       ? tr("Generating")
                     : variant->isReady()                         ? tr("Ready")
                     : variant->state() == Variant::State::Failed ? tr("Failed")
                                                                  : tr("Stopped"));
    setInk(m_state, [state](const Theme &theme) { return theme.ink(state); });

    const auto guess = variant->text().size() / LettersPerToken;
    const QString seconds = secondsText(variant->elapsed());
    m_count->setText(
        isBusy ? tr("about %1 tokens, %2 s").arg(QString::number(guess), seconds)
               : tr("%1 tokens, %2 s").arg(QString::number(variant->tokens().total()), seconds));
    m_progress->setVisible(isBusy);
    // Without a letter yet nobody knows how far it is.
    m_progress->setRange(0, variant->text().isEmpty() ? 0 : UsualTokens);
    m_progress->setValue(int(std::min<qsizetype>(guess, UsualTokens - UsualTokens / 20)));
    showText(variant->text());
    QStringList words = variant->notes();
    if (variant->isReady() && !isBusy) {
        words += variant->generation().repairs;
    }
    if (variant->isReady() && !variant->failure().isEmpty()) {
        words.append(variant->failure());
    }
    m_notes->setText(words.join(u'\n'));
    m_notes->setVisible(!words.isEmpty());
    setInk(m_notes, &Theme::secondary);
    if (isBusy && !m_seconds.isActive()) {
        m_seconds.start();
    } else if (!isBusy) {
        m_seconds.stop();
    }
}

void PreviewPane::showText(const QString &text)
{
    const QString now = m_text->toPlainText();
    if (now == text) {
        return;
    }
    QScrollBar *bar = m_text->verticalScrollBar();
    const bool isAtEnd = bar->value() >= bar->maximum() - 1;
    if (!now.isEmpty() && text.startsWith(now)) {
        QTextCursor cursor(m_text->document());
        cursor.movePosition(QTextCursor::End);
        cursor.insertText(text.mid(now.size()));
    } else {
        m_text->setPlainText(text);
    }
    if (isAtEnd) {
        bar->setValue(bar->maximum());
    }
}

void PreviewPane::refreshCharts()
{
    const Variant *variant = m_variants.at(m_current);
    const std::optional<Scenario> scenario = variant ? variant->shown() : std::nullopt;
    const qint64 seed = variant ? variant->request().seed : 0;
    m_shown = scenario ? int(scenario->metrics.size()) : 0;
    while (m_charts.size() < m_shown) {
        auto *chart = new MetricChart(m_scroll->widget());
        chart->setBackgroundRole(QPalette::Base);
        chart->setAutoFillBackground(true);
        m_column->insertWidget(int(m_charts.size()), chart);
        m_charts.append(chart);
    }
    for (int i = 0; i < int(m_charts.size()); ++i) {
        if (i < m_shown) {
            m_charts[i]->setMetric(*scenario, i, seed);
        }
        m_charts[i]->setVisible(i < m_shown);
    }
    const bool has = m_shown > 0;
    m_scroll->setVisible(has);
    m_caption->setVisible(has);
    m_legend->setVisible(has);
    m_hint->setVisible(!has);
    if (!has) {
        return;
    }
    m_caption->setText(tr("Variant %1 over %2")
                           .arg(VariantSet::letter(m_current),
                                timeText(std::chrono::seconds(scenario->durationSeconds))));
    m_legend->setSeverity(scenario->severity);
}
