// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audience/audiencepainter.h"

#include "ui/charts/curvepainter.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"

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

QFont AudiencePainter::sized(int pixels, QFont::Weight weight) const
{
    QFont font = m_font;
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

double AudiencePainter::text(QPointF baseline, int pixels, QFont::Weight weight, const QColor &ink,
                             const QString &text, Qt::Alignment alignment) const
{
    if (text.isEmpty()) {
        return 0;
    }
    const QFont font = sized(pixels, weight);
    const double width = QFontMetricsF(font).horizontalAdvance(text);
    if (alignment & Qt::AlignRight) {
        baseline.rx() -= width;
    } else if (alignment & Qt::AlignHCenter) {
        baseline.rx() -= width / 2;
    }
    m_painter->setFont(font);
    m_painter->setPen(ink);
    m_painter->drawText(baseline, text);
    return width;
}

double AudiencePainter::digits(QPointF baseline, int pixels, const QColor &ink, const QString &text,
                               Qt::Alignment alignment) const
{
    const QFont font = sized(pixels, QFont::Bold);
    const QFontMetricsF metrics(font);
    const double width = tabularWidth(metrics, text);
    if (alignment & Qt::AlignRight) {
        baseline.rx() -= width;
    } else if (alignment & Qt::AlignHCenter) {
        baseline.rx() -= width / 2;
    }
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
    const QFontMetricsF numbers(sized(pixels, QFont::Bold));
    const QFontMetricsF words(sized(wordSize(pixels)));
    double width = 0;
    for (int i = 0; i < int(content.counts.size()); ++i) {
        width += pixels * 1.3 + tabularWidth(numbers, QString::number(content.counts[size_t(i)]));
        if (hasWords) {
            width += pixels * 0.3 + words.horizontalAdvance(severityWord(Severity(i)));
        }
    }
    return width + 3 * pixels * (hasWords ? 0.87 : 0.6);
}

void AudiencePainter::paintCounts(const AudienceContent &content, QPointF left, int pixels,
                                  bool hasWords) const
{
    const QColor quiet = dimmed(m_theme);
    Theme faded = m_theme;
    for (Theme::SeverityInk &ink : faded.severities) {
        ink.fill = mixed(ink.fill, m_theme.window, FadedPart);
    }
    for (int i = int(content.counts.size()) - 1; i >= 0; --i) {
        const int count = content.counts[size_t(i)];
        const QRectF badge(left.x(), left.y() - pixels * 0.86, pixels, pixels);
        paintSeverity(m_painter, badge, Severity(i), count > 0 ? m_theme : faded);
        left.rx() += pixels * 1.3;
        left.rx() += digits(left, pixels, count > 0 ? m_theme.text : quiet, QString::number(count));
        if (hasWords) {
            left.rx() += pixels * 0.3;
            left.rx() += text(left, wordSize(pixels), QFont::Normal,
                              count > 0 ? m_theme.secondary : quiet, severityWord(Severity(i)));
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
    x -= text({x, 122}, 42, QFont::Normal, m_theme.secondary,
              StageWords::tr("T+", "time since the start"), Qt::AlignRight);

    const double left = AudienceLayout::Margin;
    const QFontMetricsF titleMetrics(sized(54, QFont::Bold));
    const double wanted = titleMetrics.horizontalAdvance(content.title);
    constexpr double Apart = 52;
    const double room = x - left - 2 * Apart;
    const bool hasWords = wanted + countsWidth(content, CountSize, true) <= room;
    const double counts = countsWidth(content, CountSize, hasWords);
    paintCounts(content, {x - Apart - counts, Baseline - 2}, CountSize, hasWords);
    const FittedText title =
        fittedText(content.title, sized(54, QFont::Bold), room - counts, 1, 54, 40);
    text({left, Baseline}, title.pixelSize, QFont::Bold, m_theme.text, title.lines.value(0));

    m_painter->fillRect(QRectF(left, 147, right - left, 2), m_theme.separator);
}

void AudiencePainter::paintIncident(const AudienceContent &content, bool hasCharts) const
{
    constexpr double BlockHeight = 326;
    constexpr int BadgeSize = 92;
    constexpr double ResponderWidth = 633;
    constexpr double ResponderPart = 0.33; // of a narrow screen
    constexpr double ResponderHeight = 213;
    constexpr double Apart = 36;
    QRectF place = m_layout.incident();
    place.translate(0, std::floor((place.height() - BlockHeight) / 2));
    place.setHeight(BlockHeight);
    if (content.current < 0) {
        text({m_layout.size().width() / 2, place.center().y()}, 52, QFont::Normal,
             m_theme.secondary, StageWords::tr("All is quiet."), Qt::AlignHCenter);
        return;
    }
    m_painter->fillRect(QRectF(place.left(), place.top(), 14, place.height()),
                        m_theme.ink(content.severity).fill);
    const double x = place.left() + 55;
    paintSeverity(m_painter, QRectF(x, place.top() + 15, BadgeSize, BadgeSize), content.severity,
                  m_theme);
    const double width = std::min(ResponderWidth, m_layout.size().width() * ResponderPart);
    const QRectF responder(place.right() - width, place.top(), width, ResponderHeight);
    paintResponder(responder, content.responder);
    if (hasCharts) {
        text({place.right(), place.bottom() - 8}, CaptionText, QFont::Normal, dimmed(m_theme),
             StageWords::tr("simulated values"), Qt::AlignRight);
    }

    QRectF room(QPointF(x + BadgeSize + 27, place.top()),
                QPointF(responder.left() - Apart, place.bottom()));
    const FittedText where =
        fittedText(content.where, m_font, room.width(), 1, SmallText, CaptionText);
    text({room.left(), place.top() + 30}, where.pixelSize, QFont::Normal, m_theme.secondary,
         where.lines.value(0));
    const bool isOneLine = paintHeadline(content, room);
    room.setLeft(x);
    paintNarration(content.narration, room, isOneLine);
}

bool AudiencePainter::paintHeadline(const AudienceContent &content, const QRectF &room) const
{
    constexpr int Large = 69;
    constexpr int Small = 48;
    const FittedText one =
        fittedText(content.headline, sized(Large, QFont::Bold), room.width(), 1, Large, Small);
    if (!one.isElided) {
        text({room.left(), room.top() + 104}, one.pixelSize, QFont::Bold, m_theme.text,
             one.lines.value(0));
        return true;
    }
    const int largest = content.narration.isEmpty() ? Large : Small;
    const FittedText two =
        fittedText(content.headline, sized(largest, QFont::Bold), room.width(), 2, largest, Small);
    double baseline = room.top() + 86;
    for (const QString &line : two.lines) {
        text({room.left(), baseline}, two.pixelSize, QFont::Bold, m_theme.text, line);
        baseline += two.pixelSize * 1.15;
    }
    return false;
}

void AudiencePainter::paintNarration(const QString &narration, const QRectF &room,
                                     bool hasRoom) const
{
    FittedText words =
        fittedText(narration, m_font, room.width(), 3, hasRoom ? 52 : 44, hasRoom ? 46 : 40);
    double baseline = room.top() + (hasRoom ? 190 : 206);
    double pitch = hasRoom ? 64 : 51;
    if (hasRoom && words.isElided) {
        words = fittedText(narration, m_font, room.width(), 4, 44, 40);
        baseline = room.top() + 174;
        pitch = 51;
    }
    for (const QString &line : words.lines) {
        text({room.left(), baseline}, words.pixelSize, QFont::Normal, m_theme.text, line);
        baseline += pitch;
    }
}

void AudiencePainter::paintResponder(const QRectF &place,
                                     const AudienceContent::Responder &responder) const
{
    constexpr double Padding = 28;
    constexpr double CauseBase = 118;
    constexpr int CauseSize = 50;
    constexpr double BarHeight = 13;
    const double left = place.left() + Padding;
    const double right = place.right() - Padding;
    frame(place, responder.hasAnswered ? m_theme.accent : m_theme.separator, 2, m_theme.base);
    if (!responder.hasAnswered) {
        const FittedText looks = fittedText(responder.cause, m_font, right - left, 1, 40, 28);
        text({left, place.center().y() + 14}, looks.pixelSize, QFont::Normal, m_theme.secondary,
             looks.lines.value(0));
        return;
    }
    const double after = text({right, place.top() + 48}, CaptionText, QFont::Normal,
                              m_theme.secondary, responder.after, Qt::AlignRight);
    const FittedText who = fittedText(StageWords::tr("Responder"), sized(CaptionText, QFont::Bold),
                                      right - left - after - Padding, 1, CaptionText, CaptionText);
    text({left, place.top() + 48}, CaptionText, QFont::Bold, m_theme.text, who.lines.value(0));

    double causeRight = right;
    if (!responder.confidence.isEmpty()) {
        causeRight -= digits({right, place.top() + CauseBase}, CauseSize, m_theme.text,
                             responder.confidence, Qt::AlignRight) +
                      Padding;
    }
    const FittedText cause = fittedText(responder.cause, sized(CauseSize, QFont::Bold),
                                        causeRight - left, 1, CauseSize, CaptionText);
    text({left, place.top() + CauseBase}, cause.pixelSize, QFont::Bold, m_theme.text,
         cause.lines.value(0));
    if (responder.share) {
        const QRectF bar(left, place.top() + 137, right - left, BarHeight);
        m_painter->setPen(Qt::NoPen);
        m_painter->setBrush(m_theme.separator);
        m_painter->drawRoundedRect(bar, CardRadius, CardRadius);
        m_painter->setBrush(m_theme.accent);
        m_painter->drawRoundedRect(
            QRectF(bar.topLeft(), QSizeF(bar.width() * *responder.share, BarHeight)), CardRadius,
            CardRadius);
        m_painter->setBrush(Qt::NoBrush);
    }
    const double second = text({right, place.top() + 189}, CaptionText, QFont::Normal,
                               m_theme.secondary, responder.secondConfidence, Qt::AlignRight);
    const FittedText then = fittedText(responder.second, m_font, right - left - second - Padding, 1,
                                       CaptionText, CaptionText);
    text({left, place.top() + 189}, CaptionText, QFont::Normal, m_theme.secondary,
         then.lines.value(0));
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
        text({left, baseline}, CaptionText, QFont::Normal, m_theme.secondary, words);
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
    if (plot.left() + metrics.horizontalAdvance(start) <= free) {
        put(plot.left(), start);
    }
}

void AudiencePainter::paintChart(const QRectF &place, const AudienceChart &chart) const
{
    constexpr double Padding = 21;
    constexpr int NumberSize = 56;
    frame(place, m_theme.separator, 1.5, m_theme.base);
    const double headBase = place.top() + 69;
    double right = place.right() - Padding;
    if (!chart.unit.isEmpty()) {
        right -= text({right, headBase}, SmallText, QFont::Normal, m_theme.secondary, chart.unit,
                      Qt::AlignRight) +
                 10;
    }
    right -= digits({right, headBase}, NumberSize, m_theme.text, chart.number, Qt::AlignRight);
    const double left = place.left() + Padding;
    const FittedText name = fittedText(chart.name, sized(SmallText, QFont::Bold),
                                       right - left - Padding, 1, SmallText, CaptionText);
    text({left, headBase}, name.pixelSize, QFont::Bold, m_theme.text, name.lines.value(0));

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
        text({plot.left() - 8, base}, CaptionText, QFont::Normal, m_theme.secondary, words,
             Qt::AlignRight);
    };
    yLabel(at.baseline, chart.baselineLabel);
    if (curve.metric.value != curve.metric.baseline) {
        yLabel(at.value, chart.valueLabel);
    }

    paintTimeLabels(plot, curve, plot.bottom() + 36);
}

void AudiencePainter::paintCard(const QRectF &place, const AudienceContent::Card &card) const
{
    constexpr double Badge = 58;
    if (card.isCurrent) {
        frame(place, m_theme.ink(card.severity).edge, 3,
              mixed(m_theme.base, m_theme.ink(card.severity).fill, 0.14));
    } else {
        frame(place, m_theme.separator, 1.5, m_theme.base);
    }
    const QRectF badge(place.left() + 21, place.center().y() - Badge / 2, Badge, Badge);
    paintSeverity(m_painter, badge, card.severity, m_theme);
    const double x = badge.right() + 20;
    const double room = place.right() - x - 16;
    const FittedText title =
        fittedText(card.title, sized(CaptionText, QFont::Bold), room, 2, CaptionText, CaptionText);
    const double pitch = 36;
    double baseline = place.center().y() - pitch * double(title.lines.size()) / 2 + 10;
    for (const QString &line : title.lines) {
        text({x, baseline}, CaptionText, QFont::Bold, m_theme.text, line);
        baseline += pitch;
    }
    const FittedText facts = fittedText(card.facts, m_font, room, 1, CaptionText, CaptionText);
    text({x, baseline}, CaptionText, QFont::Normal, m_theme.secondary, facts.lines.value(0));
}

void AudiencePainter::paintNext(const QRectF &place, const AudienceContent &content) const
{
    frame(place, m_theme.border, 2.5, Qt::transparent, Qt::DashLine);
    const double x = place.left() + 26;
    const double room = place.width() - 2 * 26;
    const FittedText next = fittedText(content.next, m_font, room, 1, CaptionText, CaptionText);
    text({x, place.top() + 42}, CaptionText, QFont::Normal, m_theme.secondary, next.lines.value(0));
    if (content.nextIn.isEmpty()) {
        text({x, place.top() + 98}, 42, QFont::Bold, m_theme.text, StageWords::tr("soon"));
        return;
    }
    const QPointF at(x, place.top() + 102);
    const double in =
        text(at, 34, QFont::Normal, m_theme.secondary, StageWords::tr("in", "in 0:16"));
    digits(at + QPointF(in + 16, 0), 56, m_theme.text, content.nextIn);
}

void AudiencePainter::paintPlaces(const AudienceContent &content) const
{
    const QList<QRectF> &places = m_layout.places();
    const qsizetype forCards = places.size() - (content.next.isEmpty() ? 0 : 1);
    const qsizetype first = std::max<qsizetype>(0, content.cards.size() - forCards);
    qsizetype place = 0;
    for (qsizetype i = first; i < content.cards.size(); ++i) {
        paintCard(places[place++], content.cards[i]);
    }
    if (!content.next.isEmpty()) {
        paintNext(places[place], content);
    }
}

void AudiencePainter::paintBeginning(const AudienceContent &content) const
{
    const QPointF middle(m_layout.size().width() / 2, m_layout.size().height() / 2);
    const double room = m_layout.size().width() - 2 * AudienceLayout::Margin;
    const FittedText title = fittedText(content.title, sized(112, QFont::Bold), room, 2, 112, 64);
    const bool isOpen = content.beginsIn.isEmpty();
    double baseline = middle.y() - (isOpen ? 20 : 150);
    baseline -= double(title.lines.size() - 1) * title.pixelSize * 1.2;
    for (const QString &line : title.lines) {
        text({middle.x(), baseline}, title.pixelSize, QFont::Bold, m_theme.text, line,
             Qt::AlignHCenter);
        baseline += title.pixelSize * 1.2;
    }
    if (isOpen) {
        text({middle.x(), middle.y() + 80}, 48, QFont::Normal, m_theme.secondary,
             content.beginsWhen, Qt::AlignHCenter);
        return;
    }
    text({middle.x(), middle.y() - 30}, 44, QFont::Normal, m_theme.secondary,
         StageWords::tr("begins in"), Qt::AlignHCenter);
    digits({middle.x(), middle.y() + 160}, 200, m_theme.text, content.beginsIn, Qt::AlignHCenter);
    text({middle.x(), middle.y() + 250}, 44, QFont::Normal, m_theme.secondary, content.beginsWhen,
         Qt::AlignHCenter);
}

void AudiencePainter::paintEnd(const AudienceContent &content) const
{
    const QPointF middle(m_layout.size().width() / 2, m_layout.size().height() / 2);
    const double room = m_layout.size().width() - 2 * AudienceLayout::Margin;
    const FittedText title = fittedText(content.title, m_font, room, 1, 52, 40);
    text({middle.x(), middle.y() - 190}, title.pixelSize, QFont::Normal, m_theme.secondary,
         title.lines.value(0), Qt::AlignHCenter);
    const FittedText totals = fittedText(content.totals, sized(104, QFont::Bold), room, 1, 104, 64);
    text({middle.x(), middle.y() - 50}, totals.pixelSize, QFont::Bold, m_theme.text,
         totals.lines.value(0), Qt::AlignHCenter);
    constexpr int CountSize = 62;
    const bool hasWords = countsWidth(content, CountSize, true) <= room;
    const double counts = countsWidth(content, CountSize, hasWords);
    paintCounts(content, {middle.x() - counts / 2, middle.y() + 90}, CountSize, hasWords);
    text({middle.x(), middle.y() + 210}, 44, QFont::Normal, m_theme.secondary, content.findings,
         Qt::AlignHCenter);
}

void AudiencePainter::paintCurtain(const QString &title, const QString &line) const
{
    const QPointF middle(m_layout.size().width() / 2, m_layout.size().height() / 2);
    const double room = m_layout.size().width() - 2 * AudienceLayout::Margin;
    const FittedText name = fittedText(title, sized(112, QFont::Bold), room, 2, 112, 64);
    double baseline = middle.y() - 20 - double(name.lines.size() - 1) * name.pixelSize * 1.2;
    for (const QString &part : name.lines) {
        text({middle.x(), baseline}, name.pixelSize, QFont::Bold, m_theme.text, part,
             Qt::AlignHCenter);
        baseline += name.pixelSize * 1.2;
    }
    const FittedText words = fittedText(line, m_font, room, 1, 48, 36);
    text({middle.x(), middle.y() + 80}, words.pixelSize, QFont::Normal, m_theme.secondary,
         words.lines.value(0), Qt::AlignHCenter);
}
