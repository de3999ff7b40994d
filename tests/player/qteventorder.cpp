// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

/*
 * Tells ThreadSanitizer what it cannot see, since Qt is not instrumented: whatever a thread did
 * before it posted an event, emitted a signal or started a thread, is done when an event is
 * delivered. Linked into the tests of threads where that sanitizer is on, through the linker's
 * --wrap.
 */
#include <QCoreApplication>
#include <QMetaObject>
#include <QThread>

extern "C" {
void __tsan_acquire(void *address);
void __tsan_release(void *address);
}

namespace {

char g_order;

bool onDelivery(void **)
{
    __tsan_acquire(&g_order);
    return false;
}

const bool g_isRegistered = QInternal::registerCallback(QInternal::EventNotifyCallback, onDelivery);

} // namespace

#define REAL(symbol) __real_##symbol
#define WRAP(symbol) __wrap_##symbol

extern "C" {

// QMetaObject::activate(QObject *, const QMetaObject *, int, void **)
void REAL(_ZN11QMetaObject8activateEP7QObjectPKS_iPPv)(QObject *, const QMetaObject *, int,
                                                       void **);
void WRAP(_ZN11QMetaObject8activateEP7QObjectPKS_iPPv)(QObject *sender, const QMetaObject *meta,
                                                       int index, void **arguments)
{
    __tsan_release(&g_order);
    REAL(_ZN11QMetaObject8activateEP7QObjectPKS_iPPv)(sender, meta, index, arguments);
}

// QMetaObject::invokeMethodImpl(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void
// *)
bool REAL(
    _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv)(
    QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
bool WRAP(
    _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv)(
    QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, void *result)
{
    __tsan_release(&g_order);
    return REAL(
        _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv)(
        object, slot, type, result);
}
}
