// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/exposition.h"

#include <QLocale>

#include <cmath>
#include <utility>

namespace {

/** A moment, and the text of its time, if it has one. */
struct Moment
{
    TimelinePosition position;
    QByteArray time;
};

QByteArray numberOf(double value)
{
    return QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

QByteArray escaped(const QString &text, bool escapesQuotes)
{
    QByteArray out = text.toUtf8();
    out.replace('\\', "\\\\");
    out.replace('\n', "\\n");
    if (escapesQuotes) {
        out.replace('"', "\\\"");
    }
    return out;
}

class Writer
{
public:
    Writer(const ExposedWorld &world, const QString &run, ExpositionFormat format)
        : m_world(world)
        , m_isOpenMetrics(format == ExpositionFormat::OpenMetrics)
    {
        for (const QString &service : world.world().services()) {
            m_labels.append("service=\"" + escaped(service, true) + "\",run=\"" +
                            escaped(run, true) + '"');
        }
    }

    void write(const ExposedWorld::Family &family, const QList<Moment> &moments)
    {
        const bool isCounter = family.type == ExposedWorld::Type::Counter;
        const QByteArray name = family.name.toUtf8();
        const QByteArray told =
            isCounter && m_isOpenMetrics ? name.chopped(qsizetype(qstrlen("_total"))) : name;
        const char *type = isCounter                                      ? "counter"
                           : family.type == ExposedWorld::Type::Histogram ? "histogram"
                                                                          : "gauge";
        m_text += "# HELP " + told + ' ' + escaped(family.help, m_isOpenMetrics) + '\n';
        m_text += "# TYPE " + told + ' ' + type + '\n';
        for (const ExposedWorld::Series &series : family.series) {
            for (const Moment &moment : moments) {
                if (family.type == ExposedWorld::Type::Histogram) {
                    writeHistogram(name, series, moment);
                } else {
                    sample(name, m_labels[series.service], m_world.valueAt(series, moment.position),
                           moment);
                }
            }
        }
    }

    /** Ends the text and gives it away: an export may have gigabytes of it. */
    QByteArray takeText()
    {
        if (m_isOpenMetrics) {
            m_text += "# EOF\n";
        }
        return std::move(m_text);
    }

private:
    void sample(const QByteArray &name, const QByteArray &labels, double value,
                const Moment &moment)
    {
        m_text += name + '{' + labels + "} " + numberOf(value);
        if (!moment.time.isEmpty()) {
            m_text += ' ' + moment.time;
        }
        m_text += '\n';
    }

    void writeHistogram(const QByteArray &name, const ExposedWorld::Series &series,
                        const Moment &moment)
    {
        const LatencyHistogram::Counts counts =
            m_world.world().latencyAt(series.service, moment.position);
        const QByteArray &labels = m_labels[series.service];
        for (size_t i = 0; i < counts.upTo.size(); ++i) {
            // OpenMetrics writes bounds as numbers with a point.
            QByteArray bound = "+Inf";
            if (i < LatencyHistogram::Bounds.size()) {
                bound = numberOf(LatencyHistogram::Bounds[i]);
                bound += bound.contains('.') ? "" : ".0";
            }
            sample(name + "_bucket", labels + ",le=\"" + bound + '"', std::floor(counts.upTo[i]),
                   moment);
        }
        sample(name + "_sum", labels, counts.seconds, moment);
        sample(name + "_count", labels, std::floor(counts.upTo.back()), moment);
    }

    const ExposedWorld &m_world;
    bool m_isOpenMetrics;
    QList<QByteArray> m_labels; // by service
    QByteArray m_text;
};

/** Seconds, with a fraction only if there is one. */
QByteArray timeText(qint64 milliseconds)
{
    QByteArray text = QByteArray::number(milliseconds / 1000);
    if (milliseconds % 1000 != 0) {
        text += '.' + QByteArray::number(milliseconds % 1000).rightJustified(3, '0');
    }
    return text;
}

} // namespace

QByteArray contentTypeOf(ExpositionFormat format)
{
    return format == ExpositionFormat::Text
               ? "text/plain; version=0.0.4; charset=utf-8"
               : "application/openmetrics-text; version=1.0.0; charset=utf-8";
}

QByteArray exposition(const ExposedWorld &world, TimelinePosition position, const QString &run,
                      ExpositionFormat format)
{
    Writer writer(world, run, format);
    for (const ExposedWorld::Family &family : world.families()) {
        writer.write(family, {{position, {}}});
    }
    return writer.takeText();
}

QByteArray openMetricsExport(const ExposedWorld &world, const ExportSpan &span, const QString &run)
{
    QList<Moment> moments;
    moments.reserve(span.moments());
    for (TimelinePosition at = span.from; at <= span.to; at += span.step) {
        moments.append(
            {at, timeText(span.start.toMSecsSinceEpoch() + wholeMilliseconds(at).count())});
    }
    Writer writer(world, run, ExpositionFormat::OpenMetrics);
    for (const ExposedWorld::Family &family : world.families()) {
        writer.write(family, moments);
    }
    return writer.takeText();
}
