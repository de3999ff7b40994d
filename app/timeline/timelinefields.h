// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/timeline.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <optional>
#include <span>
#include <utility>

// Keys of a timeline file and how their values are written.

/** A key and its value as JSON. */
using JsonMember = std::pair<QString, QByteArray>;
/** What stands for a default needs no key: an absent value. */
using MaybeJson = std::optional<QByteArray>;

QByteArray numberJson(double value);
MaybeJson textJson(const QString &text);
/** On one line, as an element among others. */
QByteArray objectJson(const QList<JsonMember> &members);
MaybeJson mapJson(const QMap<QString, QString> &map);

/** A key of an object and how its value is written. */
template<typename T>
struct Field
{
    const char *key;
    MaybeJson (*json)(const T &);
    /** Where the value is an object of texts: its members are edited one by one. */
    QMap<QString, QString> T::*texts = nullptr;
    /** Where it is a list of texts: the same. */
    QStringList T::*list = nullptr;
};

/** The keys of an object in the order in which new ones are laid out. */
template<typename T>
using Fields = std::span<const Field<T>>;

Fields<Incident> incidentFields();
Fields<Marker> markerFields();
Fields<Lane> laneFields();
Fields<Service> serviceFields();
Fields<MetricNames> metricNamesFields();
