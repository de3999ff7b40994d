// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/validation/servicechecks.h"

#include "app/base/charactername.h"
#include "app/base/jsontext.h"
#include "app/model/metricnames.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <vector>

namespace {

/** The context of this file's words for translators. */
struct ServiceWords
{
    Q_DECLARE_TR_FUNCTIONS(ServiceChecks)
};

constexpr qsizetype MostShown = 60; // characters of a name
constexpr qsizetype MostNames = 5;

QString quoted(const QString &name)
{
    return u'"' + name.left(MostShown) + u'"';
}

Problem problemOf(Problem::Kind kind, const char *rule, const QString &pointer,
                  const QString &message)
{
    Problem problem;
    problem.kind = kind;
    problem.rule = QLatin1String(rule);
    problem.pointer = pointer;
    problem.message = message;
    return problem;
}

/**
 * Finds circles among services: from each service it follows what that depends on. Of the circles
 * that close at a service it tells the first: a dense list has more than anybody would read.
 */
class CircleSearch
{
public:
    explicit CircleSearch(const QList<Service> &services)
        : m_services(services)
        , m_states(size_t(services.size()), State::Unseen)
        , m_places(size_t(services.size()), 0)
    {
        for (int row = 0; row < services.size(); ++row) {
            m_rows.insert(services[row].name, row);
        }
    }

    QList<Problem> find()
    {
        for (int row = 0; row < m_services.size(); ++row) {
            if (m_states[size_t(row)] == State::Unseen) {
                follow(row);
            }
        }
        return m_found;
    }

private:
    enum class State {
        Unseen,
        OnPath,
        OnPathAndTold, ///< a circle that closes here was told of
        Done
    };
    struct Step
    {
        int row = 0;
        qsizetype next = 0; ///< of the names that it depends on
    };

    /** With a path of its own instead of recursion: a file may list a million in one chain. */
    void follow(int start)
    {
        std::vector<Step> path{{start, 0}};
        m_states[size_t(start)] = State::OnPath;
        m_places[size_t(start)] = 0;
        while (!path.empty()) {
            Step &step = path.back();
            const QStringList &names = m_services[step.row].dependsOn;
            if (step.next == names.size()) {
                m_states[size_t(step.row)] = State::Done;
                path.pop_back();
                continue;
            }
            const qsizetype place = step.next++;
            const int row = m_rows.value(names[place], -1);
            if (row >= 0 && m_states[size_t(row)] == State::Unseen) {
                m_states[size_t(row)] = State::OnPath;
                m_places[size_t(row)] = path.size();
                path.push_back({row, 0});
            } else if (row >= 0 && m_states[size_t(row)] == State::OnPath) {
                m_states[size_t(row)] = State::OnPathAndTold;
                tell(path, row, place);
            }
        }
    }

    void tell(const std::vector<Step> &path, int row, qsizetype place)
    {
        QStringList others; // one more than is shown, which says that there are more
        for (size_t i = m_places[size_t(row)] + 1; i < path.size() && others.size() <= MostNames;
             ++i) {
            others.append(m_services[path[i].row].name);
        }
        const QString name = quoted(m_services[row].name);
        m_found.append(problemOf(
            Problem::Kind::Warning, "service-circle",
            QStringLiteral("/services/%1/depends_on/%2").arg(path.back().row).arg(place),
            others.isEmpty()
                ? ServiceWords::tr("%1 depends on itself; take it out of its own depends_on.")
                      .arg(name)
                : ServiceWords::tr("%1 depends on itself, through %2; if they do not really call "
                                   "each other, take a name out of depends_on.")
                      .arg(name, quotedNames(others))));
    }

    const QList<Service> &m_services;
    QHash<QString, int> m_rows;
    std::vector<State> m_states;
    std::vector<size_t> m_places; ///< on the path, of those that are on it
    QList<Problem> m_found;
};

void checkNames(QList<Problem> &problems, const QList<Service> &services)
{
    QHash<QString, int> rows;
    for (int row = 0; row < services.size(); ++row) {
        const Service &service = services[row];
        const QString place = QStringLiteral("/services/%1").arg(row);
        if (!isValidServiceName(service.name)) {
            problems.append(problemOf(Problem::Kind::Error, "bad-service-name",
                                      QString(place + u"/name"), wrongServiceName(service.name)));
        } else if (rows.contains(service.name)) {
            problems.append(problemOf(
                Problem::Kind::Error, "duplicate-service", QString(place + u"/name"),
                ServiceWords::tr("The service %1 is listed twice; make one entry of the two.")
                    .arg(quoted(service.name))));
        }
        rows.insert(service.name, row);
        for (qsizetype i = 0; i < service.dependsOn.size(); ++i) {
            if (!isValidServiceName(service.dependsOn[i])) {
                problems.append(problemOf(Problem::Kind::Error, "bad-service-name",
                                          QStringLiteral("%1/depends_on/%2").arg(place).arg(i),
                                          wrongServiceName(service.dependsOn[i])));
            }
        }
    }
}

void checkMetricNames(QList<Problem> &problems, const QMap<QString, QString> &map)
{
    QHash<QString, QString> metrics;
    for (auto it = map.begin(); it != map.end(); ++it) {
        const QString place = QStringLiteral("/telemetry/map/") + JsonText::pointerPart(it.key());
        if (!isMetricName(it.value())) {
            problems.append(problemOf(
                Problem::Kind::Warning, "bad-metric-name", place,
                ServiceWords::tr("%1 is not a name that Prometheus takes for a metric: letters, "
                                 "digits, _ and :, and no digit first.")
                    .arg(quoted(it.value()))));
        } else if (metrics.contains(it.value())) {
            problems.append(problemOf(
                Problem::Kind::Warning, "same-metric-name", place,
                ServiceWords::tr("%1 and %2 would both be called %3; give each of them "
                                 "a name of its own.")
                    .arg(quoted(metrics[it.value()]), quoted(it.key()), quoted(it.value()))));
        }
        metrics.insert(it.value(), it.key());
    }
}

} // namespace

QString wrongServiceName(const QString &name)
{
    const QString shown = quoted(name);
    const QString rule = ServiceWords::tr(
        "A service name has 1 to 255 characters out of a to z, A to Z, 0 to 9, - and _.");
    const QList<uint> characters = name.toUcs4();
    for (const uint character : characters) {
        // It may look as if nothing were wrong.
        if (character >= 0x80 || !isValidServiceName(QString(QChar(character)))) {
            // A plain space would be as wrong as a wider one.
            return (plainCharacter(character) == ' '
                        ? ServiceWords::tr("%1 contains %2.").arg(shown, characterName(character))
                        : characterAdvice(character, shown)) +
                   u' ' + rule;
        }
    }
    return ServiceWords::tr("%1 is not a valid service name.").arg(shown) + u' ' + rule;
}

QString quotedNames(const QStringList &names)
{
    QStringList shown;
    for (const QString &name : names.first(std::min(MostNames, names.size()))) {
        shown.append(quoted(name));
    }
    if (names.size() > MostNames) {
        shown.append(QStringLiteral("…"));
    }
    return shown.join(QStringLiteral(", "));
}

QList<Problem> serviceProblems(const Timeline &timeline)
{
    QList<Problem> problems;
    checkNames(problems, timeline.services);
    problems += CircleSearch(timeline.services).find();
    checkMetricNames(problems, timeline.metricNames.map);
    return problems;
}
