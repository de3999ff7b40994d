// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audience/audiencepainter.h"

#include "ui/charts/curvepainter.h"
#include "ui/marks.h"
#include "ui/text.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace {

constexpr int CaptionText = AudienceLayout::SmallestText;
constexpr int SmallText = 31;
constexpr double CardRadius = 4;
constexpr double FadedPart = 0.28;
constexpr double DimmedDark = 0.2;   // what keeps a contrast of 5
constexpr double DimmedLight = 0.08; // also on a card

/** The context of these words for translators. */
struct StageWords
{
    Q_DECLARE_TR_FUNCTIONS(AudienceWindow)
};

QString spanText(double ms)
{
    const auto minutes = std::llround(ms / 60000);
    return minutes >= 60 && minutes % 60 == 0 ? StageWords::tr("−%1 h").arg(minutes / 60)
                                              : StageWords::tr("−%1 min").arg(minutes);
}

/** Of the word beside a count that large. */
int wordSize(int pixels)
{
    return std::max(CaptionText, pixels * 6 / 10);
}

/** The word beside a count: it stands within a line. */
QString severityWord(Severity severity)
{
    return severityName(severity).toLower();
}

} // namespace

AudiencePainter::AudiencePainter(QPainter *painter, const AudienceLayout &layout,
                                 const Theme &theme, const QFont &font)
    : m_painter(painter)
    , m_layout(layout)
    , m_theme(theme)
    , m_font(font)
{
    // Widths have to be the same at every scale.
    m_font.setHintingPreference(QFont::PreferNoHinting);
}

QColor AudiencePainter::dimmed(const Theme &theme)
{
    return mixed(theme.secondary, theme.window, theme.dark ? DimmedDark : DimmedLight);
}

QFont AudiencePainter::sized(int pixels, bool isBold) const
{
    QFont font = m_font;
    font.setPixelSize(pixels);
    font.setBold(isBold);
    return font;
}

double AudiencePainter::text(QPointF baseline, int pixels, bool isBold, const QColor &ink,
                             const QString &text, Qt::Alignment alignment) const
{
    const QFont font = sized(pixels, isBold);
    const double width = QFontMetricsF(font).horizontalAdvance(text);
    if (alignment & Qt::AlignRight)
        baseline.rx() -= width;
    else if (alignment & Qt::AlignHCenter)
        baseline.rx() -= width / 2;
    m_painter->setFont(font);
    m_painter->setPen(ink);
    m_painter->drawText(baseline, text);
    return width;
}

double AudiencePainter::digits(QPointF baseline, int pixels, const QColor &ink, const QString &text,
                               Qt::Alignment alignment) const
{
    const QFont font = sized(pixels, true);
    const QFontMetricsF metrics(font);
    const double width = tabularWidth(metrics, text);
    if (alignment & Qt::AlignRight)
        baseline.rx() -= width;
    else if (alignment & Qt::AlignHCenter)
        baseline.rx() -= width / 2;
    m_painter->setFont(font);
    m_painter->setPen(ink);
    // paintTabular centres in its rectangle: this one has the baseline where it is wanted.
    const double top = baseline.y() - metrics.ascent();
    paintTabular(m_painter, QRectF(baseline.x(), top, width, metrics.height()), Qt::AlignLeft,
                 text);
    return width;
}

void AudiencePainter::frame(const QRectF &place, const QColor &ink, double width,
                            const QColor &ground, Qt::PenStyle style) const
{
    const double half = width / 2;
    m_painter->setPen(QPen(ink, width, style));
    m_painter->setBrush(ground);
    m_painter->drawRoundedRect(place.adjusted(half, half, -half, -half), CardRadius, CardRadius);
    m_painter->setBrush(Qt::NoBrush);
}

double AudiencePainter::countsWidth(const AudienceContent &content, int pixels, bool hasWords) const
{
    const QFontMetricsF numbers(sized(pixels, true));
    const QFontMetricsF words(sized(wordSize(pixels)));
    double width = 0;
    for (int i = 0; i < int(content.counts.size()); ++i) {
        width += pixels * 1.3 + tabularWidth(numbers, QString::number(content.counts[size_t(i)]));
        if (hasWords)
            width += pixels * 0.3 + words.horizontalAdvance(severityWord(Severity(i)));
    }
    return width + 3 * pixels * (hasWords ? 0.87 : 0.6);
}

void AudiencePainter::paintCounts(const AudienceContent &content, QPointF left, int pixels,
                                  bool hasWords) const
{
    const QColor quiet = dimmed(m_theme);
    Theme faded = m_theme;
    for (Theme::SeverityInk &ink : faded.severities)
        ink.fill = mixed(ink.fill, m_theme.window, FadedPart);
    for (int i = int(content.counts.size()) - 1; i >= 0; --i) {
        const int count = content.counts[size_t(i)];
        const QRectF badge(left.x(), left.y() - pixels * 0.86, pixels, pixels);
        paintSeverity(m_painter, badge, Severity(i), count > 0 ? m_theme : faded);
        left.rx() += pixels * 1.3;
        left.rx() += digits(left, pixels, count > 0 ? m_theme.text : quiet, QString::number(count));
        if (hasWords) {
            left.rx() += pixels * 0.3;
            left.rx() += text(left, wordSize(pixels), false, count > 0 ? m_theme.secondary : quiet,
                              severityWord(Severity(i)));
        }
        left.rx() += pixels * (hasWords ? 0.87 : 0.6);
    }
}

void AudiencePainter::paintHeader(const AudienceContent &content) const
{
    constexpr double Baseline = 106;
    constexpr int ClockSize = 100;
    constexpr int CountSize = 46;
    const double right = m_layout.size().width() - AudienceLayout::Margin;
    double x = right - digits({right, 122}, ClockSize, m_theme.text, content.clock, Qt::AlignRight);
    x -= 14;
    x -= text({x, 122}, 42, false, m_theme.secondary, StageWords::tr("T+", "time since the start"),
              Qt::AlignRight);

    const double left = AudienceLayout::Margin;
    const QFontMetricsF titleMetrics(sized(54, true));
    const double wanted = titleMetrics.horizontalAdvance(content.title);
    constexpr double Apart = 52;
    const double room = x - left - 2 * Apart;
    const bool hasWords = wanted + countsWidth(content, CountSize, true) <= room;
    const double counts = countsWidth(content, CountSize, hasWords);
    paintCounts(content, {x - Apart - counts, Baseline - 2}, CountSize, hasWords);
    const FittedText title = fittedText(content.title, sized(54, true), room - counts, 1, 54, 40);
    text({left, Baseline}, title.pixelSize, true, m_theme.text, title.lines.value(0));

    m_painter->fillRect(QRectF(left, 147, right - left, 2), m_theme.separator);
}

void AudiencePainter::paintIncident(const AudienceContent &content, bool hasCharts) const
{
    constexpr double BlockHeight = 326;
    constexpr int BadgeSize = 92;
    QRectF place = m_layout.incident();
    place.translate(0, std::floor((place.height() - BlockHeight) / 2));
    place.setHeight(BlockHeight);
    if (content.current < 0) {
        text({m_layout.size().width() / 2, place.center().y()}, 52, false, m_theme.secondary,
             StageWords::tr("All is quiet."), Qt::AlignHCenter);
        return;
    }
    m_painter->fillRect(QRectF(place.left(), place.top(), 14, place.height()),
                        m_theme.ink(content.severity).fill);
    const double x = place.left() + 55;
    paintSeverity(m_painter, QRectF(x, place.top() + 15, BadgeSize, BadgeSize), content.severity,
                  m_theme);
    const double beside = x + BadgeSize + 27;
    const double room = place.right() - beside;
    text({beside, place.top() + 30}, SmallText, false, m_theme.secondary, content.where);
    if (hasCharts)
        text({place.right(), place.top() + 30}, CaptionText, false, dimmed(m_theme),
             StageWords::tr("simulated values"), Qt::AlignRight);
    const FittedText headline = fittedText(content.headline, sized(69, true), room, 1, 69, 48);
    text({beside, place.top() + 104}, headline.pixelSize, true, m_theme.text,
         headline.lines.value(0));

    const FittedText words = fittedText(content.narration, m_font, place.right() - x, 3, 52, 40);
    constexpr double Pitch = 66;
    double baseline = place.top() + 190;
    for (const QString &line : words.lines) {
        text({x, baseline}, words.pixelSize, false, m_theme.text, line);
        baseline += Pitch;
    }
}

void AudiencePainter::paintTimeLabels(const QRectF &plot, const MetricCurve &curve,
                                      double baseline) const
{
    constexpr double Apart = 16;
    const QFontMetricsF metrics(sized(CaptionText));
    const QString start = spanText(curve.to - curve.from);
    const QString began = StageWords::tr("began");
    const QString now = StageWords::tr("now");
    const auto put = [&](double left, const QString &words) {
        text({left, baseline}, CaptionText, false, m_theme.secondary, words);
    };
    const double nowLeft = plot.right() - metrics.horizontalAdvance(now);
    put(nowLeft, now);
    double free = nowLeft - Apart;
    if (curve.from <= 0 && curve.to >= 0) {
        const double width = metrics.horizontalAdvance(began);
        const double at = plot.left() - curve.from / (curve.to - curve.from) * plot.width();
        const double left = std::clamp(at - width / 2, plot.left(), free - width);
        put(left, began);
        free = left - Apart;
    }
    if (plot.left() + metrics.horizontalAdvance(start) <= free)
        put(plot.left(), start);
}

void AudiencePainter::paintChart(const QRectF &place, const AudienceChart &chart) const
{
    constexpr double Padding = 21;
    constexpr int NumberSize = 56;
    frame(place, m_theme.separator, 1.5, m_theme.base);
    const double headBase = place.top() + 69;
    double right = place.right() - Padding;
    if (!chart.unit.isEmpty())
        right -= text({right, headBase}, SmallText, false, m_theme.secondary, chart.unit,
                      Qt::AlignRight) +
                 10;
    right -= digits({right, headBase}, NumberSize, m_theme.text, chart.number, Qt::AlignRight);
    const double left = place.left() + Padding;
    const FittedText name = fittedText(chart.name, sized(SmallText, true), right - left - Padding,
                                       1, SmallText, CaptionText);
    text({left, headBase}, name.pixelSize, true, m_theme.text, name.lines.value(0));

    const MetricCurve &curve = chart.curve;
    const QFontMetricsF metrics(sized(CaptionText));
    const double labels = std::max({metrics.horizontalAdvance(chart.valueLabel),
                                    metrics.horizontalAdvance(chart.baselineLabel), 56.0});
    const QRectF plot(QPointF(left + labels + 8, place.top() + 92),
                      QPointF(place.right() - Padding - 8, place.bottom() - 60));
    paintCurve(m_painter, plot, curve, m_theme, {.line = 4, .beyond = 5.5, .thin = 2, .dot = 9});

    const double line = metrics.capHeight();
    const CurveLabels at =
        labelsApart(curve.metric, curveY(plot, curve, curve.metric.baseline),
                    curveY(plot, curve, curve.metric.value), metrics.ascent() + 4);
    const auto yLabel = [&](double y, const QString &words) {
        const double base = std::clamp(y + line / 2, plot.top() + line, plot.bottom());
        text({plot.left() - 8, base}, CaptionText, false, m_theme.secondary, words, Qt::AlignRight);
    };
    yLabel(at.baseline, chart.baselineLabel);
    if (chart.valueLabel != chart.baselineLabel)
        yLabel(at.value, chart.valueLabel);

    // On the baseline's own line, readable whatever runs behind it.
    const QString usual = StageWords::tr("usual");
    const double width = metrics.horizontalAdvance(usual);
    const double base = curveY(plot, curve, curve.metric.baseline);
    QRectF patch(plot.right() - width - 12, base - line / 2 - 8, width + 12, line + 16);
    if (patch.bottom() > plot.bottom())
        patch.moveBottom(plot.bottom());
    if (patch.top() < plot.top())
        patch.moveTop(plot.top());
    QColor ground = m_theme.bandInner;
    ground.setAlphaF(0.82F);
    m_painter->setPen(Qt::NoPen);
    m_painter->setBrush(ground);
    m_painter->drawRoundedRect(patch, CardRadius, CardRadius);
    text({patch.left() + 6, patch.bottom() - 8}, CaptionText, false, m_theme.text, usual);
    paintTimeLabels(plot, curve, plot.bottom() + 36);
}

void AudiencePainter::paintCard(const QRectF &place, const AudienceContent::Card &card) const
{
    constexpr double Badge = 58;
    if (card.isCurrent)
        frame(place, m_theme.ink(card.severity).edge, 3,
              mixed(m_theme.base, m_theme.ink(card.severity).fill, 0.14));
    else
        frame(place, m_theme.separator, 1.5, m_theme.base);
    const QRectF badge(place.left() + 21, place.center().y() - Badge / 2, Badge, Badge);
    paintSeverity(m_painter, badge, card.severity, m_theme);
    const double x = badge.right() + 20;
    const double room = place.right() - x - 16;
    const FittedText title =
        fittedText(card.title, sized(CaptionText, true), room, 2, CaptionText, CaptionText);
    const double pitch = 36;
    double baseline = place.center().y() - pitch * double(title.lines.size()) / 2 + 10;
    for (const QString &line : title.lines) {
        text({x, baseline}, CaptionText, true, m_theme.text, line);
        baseline += pitch;
    }
    const FittedText facts = fittedText(card.facts, m_font, room, 1, CaptionText, CaptionText);
    text({x, baseline}, CaptionText, false, m_theme.secondary, facts.lines.value(0));
}

void AudiencePainter::paintNext(const QRectF &place, const AudienceContent &content) const
{
    frame(place, m_theme.border, 2.5, Qt::transparent, Qt::DashLine);
    const double x = place.left() + 26;
    const double room = place.width() - 2 * 26;
    const FittedText next = fittedText(content.next, m_font, room, 1, CaptionText, CaptionText);
    text({x, place.top() + 42}, CaptionText, false, m_theme.secondary, next.lines.value(0));
    if (content.nextIn.isEmpty()) {
        text({x, place.top() + 98}, 42, true, m_theme.text, StageWords::tr("soon"));
        return;
    }
    const QPointF at(x, place.top() + 102);
    const double in = text(at, 34, false, m_theme.secondary, StageWords::tr("in", "in 0:16"));
    digits(at + QPointF(in + 16, 0), 56, m_theme.text, content.nextIn);
}

void AudiencePainter::paintPlaces(const AudienceContent &content) const
{
    const QList<QRectF> &places = m_layout.places();
    const qsizetype forCards = places.size() - (content.next.isEmpty() ? 0 : 1);
    const qsizetype first = std::max<qsizetype>(0, content.cards.size() - forCards);
    qsizetype place = 0;
    for (qsizetype i = first; i < content.cards.size(); ++i)
        paintCard(places[place++], content.cards[i]);
    if (!content.next.isEmpty())
        paintNext(places[place], content);
}

void AudiencePainter::paintBeginning(const AudienceContent &content) const
{
    const QPointF middle(m_layout.size().width() / 2, m_layout.size().height() / 2);
    const double room = m_layout.size().width() - 2 * AudienceLayout::Margin;
    const FittedText title = fittedText(content.title, sized(112, true), room, 2, 112, 64);
    const bool isOpen = content.beginsIn.isEmpty();
    double baseline = middle.y() - (isOpen ? 20 : 150);
    baseline -= double(title.lines.size() - 1) * title.pixelSize * 1.2;
    for (const QString &line : title.lines) {
        text({middle.x(), baseline}, title.pixelSize, true, m_theme.text, line, Qt::AlignHCenter);
        baseline += title.pixelSize * 1.2;
    }
    if (isOpen) {
        text({middle.x(), middle.y() + 80}, 48, false, m_theme.secondary, content.beginsWhen,
             Qt::AlignHCenter);
        return;
    }
    text({middle.x(), middle.y() - 30}, 44, false, m_theme.secondary, StageWords::tr("begins in"),
         Qt::AlignHCenter);
    digits({middle.x(), middle.y() + 160}, 200, m_theme.text, content.beginsIn, Qt::AlignHCenter);
    text({middle.x(), middle.y() + 250}, 44, false, m_theme.secondary, content.beginsWhen,
         Qt::AlignHCenter);
}

void AudiencePainter::paintEnd(const AudienceContent &content) const
{
    const QPointF middle(m_layout.size().width() / 2, m_layout.size().height() / 2);
    const double room = m_layout.size().width() - 2 * AudienceLayout::Margin;
    const FittedText title = fittedText(content.title, m_font, room, 1, 52, 40);
    text({middle.x(), middle.y() - 190}, title.pixelSize, false, m_theme.secondary,
         title.lines.value(0), Qt::AlignHCenter);
    const FittedText totals = fittedText(content.totals, sized(104, true), room, 1, 104, 64);
    text({middle.x(), middle.y() - 50}, totals.pixelSize, true, m_theme.text, totals.lines.value(0),
         Qt::AlignHCenter);
    constexpr int CountSize = 62;
    const bool hasWords = countsWidth(content, CountSize, true) <= room;
    const double counts = countsWidth(content, CountSize, hasWords);
    paintCounts(content, {middle.x() - counts / 2, middle.y() + 90}, CountSize, hasWords);
    text({middle.x(), middle.y() + 210}, 44, false, m_theme.secondary, content.findings,
         Qt::AlignHCenter);
}
