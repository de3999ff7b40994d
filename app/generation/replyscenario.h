// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/lenientjson.h"
#include "app/generation/generation.h"

/** Makes a scenario of an object that a model wrote, with everything that is called otherwise. */
class ReplyScenario
{
public:
    /** For a preview nothing is made up for what has not come yet. */
    enum class Purpose { Whole, Preview };
    explicit ReplyScenario(const GenerationRequest &request, Purpose purpose = Purpose::Whole)
        : m_request(request)
        , m_isPreview(purpose == Purpose::Preview)
    {}

    /** Returns how many of a scenario's fields the object has. */
    static int knownFields(const LenientValue &object);

    Scenario read(const LenientValue &object);
    const QStringList &repairs() const { return m_repairs; }
    const QStringList &faults() const { return m_faults; }

private:
    using Part = GenerationRequest::Part;

    void repair(const QString &sentence);
    void fault(const QString &sentence);
    bool wants(Part part) const { return m_request.part == Part::All || m_request.part == part; }
    QString textOf(const LenientValue *value) const;
    QString nameFrom(const LenientValue &object);
    Severity severityFrom(const LenientValue &object);
    QList<Metric> metricsFrom(const LenientValue *value);
    void addMetric(QList<Metric> &metrics, const LenientValue &value, const QString &keyName);
    bool numberFrom(const LenientValue *value, const QString &metric, QLatin1String field,
                    QString &unit, double &number);
    QJsonObject contextFrom(const LenientValue *value);
    QJsonObject foldedPairs(const LenientValue &array);
    QJsonValue jsonOf(const LenientValue &value, int &left);
    QStringList actionsFrom(const LenientValue *value);

    const GenerationRequest &m_request;
    bool m_isPreview;
    QStringList m_repairs;
    QStringList m_faults;
};
